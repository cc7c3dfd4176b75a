"""The search for the program that takes the most time per unit of gas. ../README.md describes it."""
