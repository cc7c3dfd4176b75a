"use strict";
// Runs a program in Node.js. Prints its result and time in seconds as JSON.
const fs = require("node:fs");
const vm = require("node:vm");
const { performance } = require("node:perf_hooks");

const source = fs.readFileSync(process.argv[2], "utf8");
const start = performance.now();
const result = vm.runInThisContext(source);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ result: String(result), seconds }));
