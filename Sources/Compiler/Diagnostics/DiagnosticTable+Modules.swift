extension DiagnosticDefinition {
  /// MQ50xx: files and modules.
  static let modules: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .defaultImport, "MQ5001", "default imports are not part of the language",
      reason: "The default export is the entry of a program; other files share named exports.",
      hint: "Export by name and write `import {name} from \"./file.js\"`.",
      bad: "import lib from \"./lib.js\"; 1", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .bareImport, "MQ5002", "an import must name what it takes",
      reason: "Loading a file has no effect beyond its exports.",
      hint: "Write `import {name} from \"./file.js\"`, or remove the line.",
      bad: "import \"./lib.js\"; 1", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .exportDefaultNotFunction, "MQ5003", "the default export must be a function declaration",
      reason: "It is the entry of the program, which the host calls with the request.",
      hint: "Write `export default function (request) { ... }`.",
      bad: "export default 1", good: "export default function (request) { return 1 }"),
    DiagnosticDefinition(
      .reExport, "MQ5004", "exporting from another file is not part of the language",
      reason: "Each name is exported by the file that declares it.",
      hint: "Import the name, and export a `const` of your own.",
      bad: "export {total} from \"./lib.js\"; 1",
      good: "import {total} from \"./lib.js\"; export const sum = total; sum"),
    DiagnosticDefinition(
      .nestedModuleDeclaration, "MQ5005", "`{0}` may only stand at the top level of a file",
      reason: "Imports and exports are the same whatever happens when the program runs.",
      hint: "Move it out of the block or function.",
      bad: "{ export const a = 1 } 1", good: "export const a = 1; a"),
    DiagnosticDefinition(
      .importAttributes, "MQ5006", "import attributes are not part of the language",
      reason: "Only JavaScript files can be imported.",
      hint: "Write the data into a JavaScript file: `export const data = ...`.",
      bad: "import {total} from \"./lib.js\" with {type: \"json\"}; total",
      good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .stringExportName, "MQ5007", "a string can't be the name of an import or export",
      reason: "Exports are names, so that they can be used as such.",
      hint: "Use a plain name.",
      bad: "import {\"total\" as sum} from \"./lib.js\"; sum", good: "import {total as sum} from \"./lib.js\"; sum"),
    DiagnosticDefinition(
      .notRelativePath, "MQ5008", "the path of an import must begin with `./` or `../`",
      reason: "A program consists of its own files; there are no packages at run time.",
      hint: "Copy the code beside the program and name it with a relative path.",
      bad: "import {total} from \"lodash\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .pathLeavesRoot, "MQ5009", "the path leads out of the folder of the entry file",
      reason: "A program is the folder of its entry file, and reads nothing else of the machine.",
      hint: "Move the file into that folder.",
      bad: "import {total} from \"../lib.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .moduleNotFound, "MQ5010", "there is no file `{0}`",
      reason: "Imports are resolved when the program is built.",
      hint: "Check the path. It is relative to this file, and its ending is written out: `./file.js`.",
      bad: "import {total} from \"./missing.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .missingExport, "MQ5011", "the file `{0}` does not export `{1}`",
      reason: "Only names that are exported can be imported.",
      hint: "Check the spelling, or add `export` to the declaration there.",
      bad: "import {totals} from \"./lib.js\"; totals", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .importCycle, "MQ5012", "these files import each other: {0}",
      reason: "Files are evaluated one after the other; in a cycle one would see the other unfinished.",
      hint: "Move what they share into a third file.",
      bad: "import {total} from \"./main.js\"; export const a = total; 1",
      good: "import {total} from \"./lib.js\"; export const a = total; a"),
    DiagnosticDefinition(
      .duplicateExport, "MQ5013", "`{0}` is exported twice",
      reason: "An exported name has one meaning.",
      hint: "Remove one of the two.",
      bad: "export const a = 1; export {a}; a", good: "export const a = 1; a"),
    DiagnosticDefinition(
      .exportOfUndeclared, "MQ5014", "`{0}` is exported but not declared at the top level of this file",
      reason: "`export {...}` lists declarations of the same file.",
      hint: "Declare it with `const` or `function`, or remove it from the list.",
      bad: "export {a}; 1", good: "const a = 1; export {a}; a"),
    DiagnosticDefinition(
      .unknownModuleMember, "MQ5015", "the file `{0}` does not export `{1}`",
      reason: "The members of an imported namespace are the exports of its file.",
      hint: "Check the spelling, or add `export` to the declaration there.",
      bad: "import * as lib from \"./lib.js\"; lib.totals", good: "import * as lib from \"./lib.js\"; lib.total"),
    DiagnosticDefinition(
      .moduleAsValue, "MQ5016", "the namespace `{0}` is not a value",
      reason: "Which exports a program uses must be known when it is built.",
      hint: "Name the member: `{0}.name`.",
      bad: "import * as lib from \"./lib.js\"; Object.keys(lib)",
      good: "import * as lib from \"./lib.js\"; Object.keys({total: lib.total})"),
    DiagnosticDefinition(
      .scriptWithoutValue, "MQ5017", "the program has no result",
      reason: "A file without `export default function` is a script; the value of its last statement is the response.",
      hint: "End the file with an expression, or write `export default function (request) { ... }`.",
      bad: "const a = 1", good: "const a = 1; a"),
    DiagnosticDefinition(
      .moduleUnusable, "MQ5018", "`{0}` can't be imported: it {1}",
      reason: "A program consists of regular files in the folder of its entry file, so that nothing else is read.",
      hint: "Put a regular file there, one that can be read and has at most 4 MiB.",
      bad: "import {total} from \"./link.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .handlerArity, "MQ5019", "the handler takes {0} arguments, but is called with one: the request",
      reason: "Every call of it would end in `ArityMismatch`.",
      hint: "Give it one parameter, and take the rest from the request: `function ({a, b}) {...}`.",
      bad: "export default function (a, b) { return a + b }", good: "export default function ({a, b}) { return a + b }"),
    DiagnosticDefinition(
      .handlerWithoutValue, "MQ5020", "the handler returns no value",
      reason: "What it returns is the response. A function that returns nothing gives `undefined`, which is not JSON.",
      hint: "Write `return` and a value.",
      bad: "export default function (request) { Log.info(\"seen\") }",
      good: "export default function (request) { Log.info(\"seen\"); return true }"),
  ]
}
