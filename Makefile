# The tasks of MicroQuickJS. `make` alone prints them.
#
# Every target first looks for the tools that it needs. What is missing is installed with apt-get if that is
# possible (as root, or through sudo without a password); if not, the target says what is missing and stops.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SWIFT_SOURCES := $(wildcard Sources tests Benchmarks Fuzzing Package.swift)
FUZZ_SECONDS ?= 60
ROUNDS ?= 5
COUNT ?= 100000
SEED ?= 1
CRASH_POINTS ?= 200
# What works hardest in the tests is optimised (see Package.swift).
SWIFT_TEST := env MQJS_OPTIMIZED_TESTS=1 swift test

.PHONY: help demo runtime test differential grammar bench bench-gas bench-metering bench-sandbox docs \
	crash-test format lint embedded-check constant-time decimal-timing fuzz clean

help:  ## Print this list
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1@\2/' | column -t -s '@'

demo:  ## Build, then show the whole life of a snapshot on examples/invoice
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl
	@Scripts/dependencies.sh check
	@Scripts/build-release.sh
	@Scripts/demo.sh

runtime:  ## Build mqjs-runtime as one file that needs no library, and test it
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb python3
	@Scripts/dependencies.sh check
	@Scripts/build-runtime.sh

test:  ## Run all tests
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev openssl gdb node python3 python3-venv
	@Scripts/python-oracles.sh
	@Scripts/dependencies.sh check
	Scripts/leaves-nothing.sh $(SWIFT_TEST)

differential:  ## Compare engine and reference evaluator on random programs (COUNT=100000 SEED=1)
	@Scripts/require.sh swift libintelrdfpmath-dev
	swift build -c release --product differential-driver
	.build/release/differential-driver $(COUNT) $(SEED)

grammar:  ## Let Node.js judge what the compiler accepts of random texts (COUNT=100000)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node
	DERIVED_TEXTS=$(COUNT) $(SWIFT_TEST) --filter DerivedTextTests

bench:  ## Measure against QuickJS and Node.js in one run (ROUNDS=5)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node python3 python3-venv
	@Scripts/build-release.sh
	@Scripts/bench.sh --rounds $(ROUNDS)

bench-gas:  ## Measure how much time a unit of gas takes at worst: adversarial programs against the bare tail call
	@Scripts/require.sh swift libintelrdfpmath-dev
	swift run --package-path Benchmarks -c release gas-timing --rounds $(ROUNDS) --out $(CURDIR)/.build/bench/bench-gas.json

bench-metering:  ## Measure what counting gas costs: the engine with it and without, by turns
	@Scripts/require.sh swift libintelrdfpmath-dev python3
	@Scripts/bench-metering.sh --rounds $(ROUNDS)

bench-sandbox:  ## Measure clone, wipe and the way to the first response, beside contexts of other engines
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev node python3 python3-venv
	@Scripts/bench.sh sandbox

docs:  ## Make the pages of docs/ that come from the source (diagnostics, effects, gas, instructions, commands) anew
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	UPDATE_GOLDEN=1 $(SWIFT_TEST) --filter PublishedPagesTests
	@git --no-pager diff --stat -- docs

crash-test:  ## Kill the command at random moments (CRASH_POINTS=200), and look at what is left
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev python3 openssl
	CRASH_POINTS=$(CRASH_POINTS) $(SWIFT_TEST) --filter CrashTests

format:  ## Format the Swift sources in place
	@Scripts/require.sh swift
	swift format format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint:  ## Check formatting, where `unsafe` stands, and that no work is left marked as unfinished
	@Scripts/require.sh swift
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	@Scripts/lint.sh

embedded-check:  ## Compile Engine and Compiler in Embedded Swift for aarch64 and wasm32
	@Scripts/require.sh swift
	@Scripts/embedded-check.sh

constant-time:  ## Look at the machine code that compares decimals: no jump, no table
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	@Scripts/constant-time.sh

decimal-timing:  ## Measure whether the time of a decimal comparison depends on the numbers
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	swift run --package-path Benchmarks -c release decimal-timing

fuzz:  ## Run the fuzzers for a while (FUZZ_SECONDS=60 for each)
	@Scripts/require.sh swift libintelrdfpmath-dev libsqlite3-dev
	@Scripts/fuzz.sh $(FUZZ_SECONDS)

clean:  ## Remove everything that was built
	rm -rf .build Benchmarks/.build Fuzzing/.build
