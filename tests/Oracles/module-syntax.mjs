// Checks which sources Node.js accepts as modules. Reads a JSON array of sources from the file named on the command
// line, and prints a JSON array of [index, message] for the sources with syntax errors.
//
//   node --experimental-vm-modules --no-warnings module-syntax.mjs FILE
import { readFileSync } from "node:fs";
import vm from "node:vm";

const rejected = [];
for (const [index, source] of JSON.parse(readFileSync(process.argv[2], "utf8")).entries()) {
  try {
    new vm.SourceTextModule(source);
  } catch (error) {
    rejected.push([index, String(error)]);
  }
}
console.log(JSON.stringify(rejected));
