extension DiagnosticDefinition {
  /// MQ50xx: files and modules.
  static let modules: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .defaultImport, "MQ5001", "default imports are not part of the language",
      reason: "The default export is the entry point of a program. Other files share named exports.",
      hint: "Export the value by name, and write `import {name} from \"./file.js\"`.",
      bad: "import lib from \"./lib.js\"; 1", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .bareImport, "MQ5002", "an import must name what it imports",
      reason: "Importing a file does nothing except provide its exports.",
      hint: "Write `import {name} from \"./file.js\"`, or remove the line.",
      bad: "import \"./lib.js\"; 1", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .exportDefaultNotFunction, "MQ5003", "the default export must be a function declaration",
      reason: "It is the entry point of the program. The host calls it with the request.",
      hint: "Write `export default function (request) { ... }`.",
      bad: "export default 1", good: "export default function (request) { return 1 }"),
    DiagnosticDefinition(
      .reExport, "MQ5004", "exporting from another file is not part of the language",
      reason: "Each name is exported by the file that declares it.",
      hint: "Import the name, and export a `const` of your own.",
      bad: "export {total} from \"./lib.js\"; 1",
      good: "import {total} from \"./lib.js\"; export const sum = total; sum"),
    DiagnosticDefinition(
      .nestedModuleDeclaration, "MQ5005", "`{0}` is allowed only at the top level of a file",
      reason: "Imports and exports can't depend on what happens at run time.",
      hint: "Move it out of the block or function.",
      bad: "{ export const a = 1 } 1", good: "export const a = 1; a"),
    DiagnosticDefinition(
      .importAttributes, "MQ5006", "import attributes are not part of the language",
      reason: "Only JavaScript files can be imported.",
      hint: "Put the data in a JavaScript file: `export const data = ...`.",
      bad: "import {total} from \"./lib.js\" with {type: \"json\"}; total",
      good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .stringExportName, "MQ5007", "a string can't be the name of an import or export",
      reason: "The program uses imports and exports as names.",
      hint: "Use a plain name.",
      bad: "import {\"total\" as sum} from \"./lib.js\"; sum", good: "import {total as sum} from \"./lib.js\"; sum"),
    DiagnosticDefinition(
      .notRelativePath, "MQ5008", "the path of an import must begin with `./` or `../`",
      reason: "A program consists only of its own files. There are no packages.",
      hint: "Copy the code into the program's folder, and import it with a relative path.",
      bad: "import {total} from \"lodash\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .pathLeavesRoot, "MQ5009", "the path leads out of the folder of the entry file",
      reason: "All files of a program are in the folder of its entry file or below. Nothing else is read.",
      hint: "Move the file into that folder.",
      bad: "import {total} from \"../lib.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .moduleNotFound, "MQ5010", "there is no file `{0}`",
      reason: "Imports are resolved when the program is built.",
      hint: "Check the path. It is relative to this file and includes the extension: `./file.js`.",
      bad: "import {total} from \"./missing.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .missingExport, "MQ5011", "the file `{0}` does not export `{1}`",
      reason: "Only exported names can be imported.",
      hint: "Check the spelling, or add `export` to the declaration in that file.",
      bad: "import {totals} from \"./lib.js\"; totals", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .importCycle, "MQ5012", "these files import each other in a cycle: {0}",
      reason: "Files are evaluated one after another. In a cycle, one file would use another before it is evaluated.",
      hint: "Move what they share into another file.",
      bad: "import {total} from \"./main.js\"; export const a = total; 1",
      good: "import {total} from \"./lib.js\"; export const a = total; a"),
    DiagnosticDefinition(
      .duplicateExport, "MQ5013", "`{0}` is exported twice",
      reason: "An exported name has exactly one meaning.",
      hint: "Remove one of them.",
      bad: "export const a = 1; export {a}; a", good: "export const a = 1; a"),
    DiagnosticDefinition(
      .exportOfUndeclared, "MQ5014", "`{0}` is exported but not declared at the top level of this file",
      reason: "`export {...}` lists declarations of the same file.",
      hint: "Declare it with `const` or `function`, or remove it from the list.",
      bad: "export {a}; 1", good: "const a = 1; export {a}; a"),
    DiagnosticDefinition(
      .unknownModuleMember, "MQ5015", "the file `{0}` does not export `{1}`",
      reason: "The members of an imported namespace are the exports of its file.",
      hint: "Check the spelling, or add `export` to the declaration in that file.",
      bad: "import * as lib from \"./lib.js\"; lib.totals", good: "import * as lib from \"./lib.js\"; lib.total"),
    DiagnosticDefinition(
      .moduleAsValue, "MQ5016", "the namespace `{0}` is not a value",
      reason: "The build must know which exports a program uses.",
      hint: "Name the member: `{0}.name`.",
      bad: "import * as lib from \"./lib.js\"; Object.keys(lib)",
      good: "import * as lib from \"./lib.js\"; Object.keys({total: lib.total})"),
    DiagnosticDefinition(
      .scriptWithoutValue, "MQ5017", "the program has no result",
      reason: "A file without `export default function` is a script. Its response is the value of its last statement.",
      hint: "End the file with an expression, or write `export default function (request) { ... }`.",
      bad: "const a = 1", good: "const a = 1; a"),
    DiagnosticDefinition(
      .moduleUnusable, "MQ5018", "`{0}` can't be imported: it {1}",
      reason: "A program consists of regular files in the folder of its entry file or below. Nothing else is read.",
      hint: "Put a readable regular file of at most 4 MiB there.",
      bad: "import {total} from \"./link.js\"; total", good: "import {total} from \"./lib.js\"; total"),
    DiagnosticDefinition(
      .handlerArity, "MQ5019", "the handler takes {0} arguments, but is called with one: the request",
      reason: "Every call would end in `ArityMismatch`.",
      hint: "Use one parameter, and take the other values from the request: `function ({a, b}) {...}`.",
      bad: "export default function (a, b) { return a + b }", good: "export default function ({a, b}) { return a + b }"),
    DiagnosticDefinition(
      .handlerWithoutValue, "MQ5020", "the handler returns no value",
      reason: "Its return value is the response. A function that returns nothing gives `undefined`, which is not JSON.",
      hint: "Write `return` and a value.",
      bad: "export default function (request) { Log.info(\"seen\") }",
      good: "export default function (request) { Log.info(\"seen\"); return true }"),
  ]
}
