"use strict";
// Measures how long Node.js takes to create a context. Prints the microseconds of each as a JSON list.
const vm = require("node:vm");
const { performance } = require("node:perf_hooks");

const times = [];
for (let round = 0; round < 300; round += 1) {
  const start = performance.now();
  vm.createContext({});
  times.push((performance.now() - start) * 1000);
}
console.log(JSON.stringify(times.slice(20)));
