// Says which texts Node.js takes as the source of a module. Reads a JSON array of texts from the file that is named on
// the command line, and prints a JSON array of [index, message] for those that are syntax errors.
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
