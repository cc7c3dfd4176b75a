"use strict";
// Rewrites a program of the guest language into plain JavaScript for Node.js.
//
// Node's own parser, the bundled acorn, parses the program as a strict ECMAScript module, so every accepted program is
// ECMAScript. Operators, calls, property accesses and destructuring become calls of runtime.js, which gives them the
// meaning of the guest language: integers are BigInts that must fit 64 bits, equality is structural, and a missing
// field is an error. Scopes, hoisting, closures, the temporal dead zone, evaluation order, strings and modules are
// Node's own.
//
// Each guest function takes one argument, the array `$$p` of its arguments. Its parameters become further parameters
// whose defaults read them from `$$p`, so default expressions have ECMAScript's scope.

const acorn = require("internal/deps/acorn/acorn/dist/acorn");

/** The program is not in the guest language, or not in the part of it that this oracle supports. */
class Unsupported extends Error {}

const reject = (what) => {
  throw new Unsupported(what);
};

/**
 * Rewrites one file.
 *
 * @param {string} source the source
 * @param {string} file a name for the file, the same in all programs. It is part of the identity of top-level bindings
 * @param {Set<string>} functions the names of the library that are values
 * @param {Map<string, Set<string>>} namespaces the library's namespaces and the names of their members
 * @param {boolean} isEntry whether this is the entry file. Without a default export, its last expression is the result
 * @returns {{code: string, imports: string[], isScript: boolean}}
 */
function rewrite(source, file, functions, namespaces, isEntry) {
  let tree;
  try {
    tree = acorn.parse(source, { sourceType: "module", ecmaVersion: "latest" });
  } catch (error) {
    reject(`syntax: ${error.message}`);
  }

  // ---- scopes ---------------------------------------------------------------------------------------------------
  // A scope maps each name to {kind: "top" | "local" | "namespace", name, file}. The first scope is that of the file.
  const scopes = [];
  let temporaries = 0;
  const temporary = () => `$$${++temporaries}`;

  function patternNames(pattern, names = []) {
    switch (pattern.type) {
      case "Identifier": names.push(pattern.name); break;
      case "AssignmentPattern": patternNames(pattern.left, names); break;
      case "RestElement": patternNames(pattern.argument, names); break;
      case "ArrayPattern":
        for (const element of pattern.elements) if (element !== null) patternNames(element, names);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          patternNames(property.type === "RestElement" ? property.argument : property.value, names);
        }
        break;
      default: reject(pattern.type);
    }
    return names;
  }

  function declaredNames(statements) {
    const names = [];
    for (const statement of statements) {
      const declaration = /^Export(Named|Default)/.test(statement.type) ? statement.declaration : statement;
      if (!declaration) continue;
      if (declaration.type === "VariableDeclaration") {
        for (const { id } of declaration.declarations) patternNames(id, names);
      } else if (declaration.type === "FunctionDeclaration" && declaration.id) {
        names.push(declaration.id.name);
      }
    }
    return names;
  }

  const scopeOf = (names, kind = "local") => new Map(names.map((name) => [name, { kind, name, file }]));

  const lookup = (name) => {
    for (let i = scopes.length - 1; i >= 0; i--) {
      const found = scopes[i].get(name);
      if (found) return found;
    }
    return null;
  };

  function within(scope, body) {
    scopes.push(scope);
    try {
      return body();
    } finally {
      scopes.pop();
    }
  }

  // ---- the identity of functions --------------------------------------------------------------------------------
  // Two functions have the same code if this text is the same: the tree without positions and parentheses, with a bound
  // name as the number of its declaration, and a captured name as the number of its capture. The captured names are
  // collected too.
  function normalForm(fn) {
    const inner = [];
    const captures = [];
    let declarations = 0;
    const declare = (names) => new Map(names.map((name) => [name, declarations++]));
    const resolve = (name) => {
      for (let i = inner.length - 1; i >= 0; i--) if (inner[i].has(name)) return `b${inner[i].get(name)}`;
      const outer = lookup(name);
      if (!outer) return `g:${name}`;
      if (outer.kind !== "local") return `t:${outer.file}:${outer.name}`;
      if (!captures.includes(name)) captures.push(name);
      return `c${captures.indexOf(name)}`;
    };
    const enter = (names, body) => {
      inner.push(declare(names));
      const text = body();
      inner.pop();
      return text;
    };
    const list = (nodes) => nodes.map((node) => (node === null ? "" : visit(node))).join(",");
    function visitFunction(node) {
      const own = node.type === "FunctionExpression" && node.id ? [node.id.name] : [];
      return enter(own, () =>
        enter(node.params.flatMap((p) => patternNames(p)), () =>
          `${node.type === "ArrowFunctionExpression" ? "arrow" : "function"}(${list(node.params)})${visit(node.body)}`));
    }
    function visit(node) {
      switch (node.type) {
        case "Identifier": return resolve(node.name);
        case "Literal": return typeof node.value === "number" ? `i${BigInt(integerText(node))}` : JSON.stringify(node.value);
        case "BlockStatement": return enter(declaredNames(node.body), () => `{${list(node.body)}}`);
        case "SwitchStatement":
          return `switch(${visit(node.discriminant)})` +
            enter(declaredNames(node.cases.flatMap((c) => c.consequent)), () => `{${list(node.cases)}}`);
        case "FunctionExpression": case "ArrowFunctionExpression": return visitFunction(node);
        case "FunctionDeclaration": return `declare ${resolve(node.id.name)} ${visitFunction(node)}`;
        case "MemberExpression": {
          const key = !node.computed ? node.property.name
            : typeof node.property.value === "string" ? node.property.value : null;
          return key === null ? `${visit(node.object)}[${visit(node.property)}]` : `${visit(node.object)}.${JSON.stringify(key)}`;
        }
        case "Property": return `${node.computed ? `[${visit(node.key)}]` : JSON.stringify(staticKey(node.key))}:${visit(node.value)}`;
        case "TemplateElement": return JSON.stringify(node.value.cooked);
        default: {
          const parts = [node.type];
          for (const key of Object.keys(node)) {
            if (key === "type" || key === "start" || key === "end" || key === "raw") continue;
            const value = node[key];
            if (Array.isArray(value)) parts.push(`${key}=[${list(value)}]`);
            else if (value && typeof value.type === "string") parts.push(`${key}=${visit(value)}`);
            else parts.push(`${key}=${String(value)}`);
          }
          return `(${parts.join(" ")})`;
        }
      }
    }
    return { text: visitFunction(fn), captures };
  }

  // ---- expressions ----------------------------------------------------------------------------------------------
  const integerText = (node) => {
    const text = node.raw.replaceAll("_", "");
    if (!/^(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text)) reject(`literal ${node.raw}`);
    return text;
  };

  const staticKey = (key) => {
    if (key.type === "Identifier") return key.name;
    if (typeof key.value === "string") return key.value;
    if (typeof key.value === "number") return String(BigInt(integerText(key)));
    return reject("property key");
  };

  const namespaceMember = (node) => {
    // `Math.abs` if `Math` is not shadowed, or `ns.name` after `import * as ns`.
    if (node.type !== "MemberExpression" || node.computed || node.object.type !== "Identifier") return null;
    const { name } = node.object;
    const found = lookup(name);
    if (found) return found.kind === "namespace" ? `(${name}.${node.property.name})` : null;
    const members = namespaces.get(name);
    if (!members) return null;
    if (!members.has(node.property.name)) reject(`${name}.${node.property.name}`);
    return `$$.library.${name}.${node.property.name}`;
  };

  const memberKey = (node) => (node.computed ? expression(node.property) : JSON.stringify(node.property.name));

  function callParts(node) {
    const member = namespaceMember(node.callee);
    const args = `[${elements(node.arguments)}]`;
    if (member) return `${member}, ${args}`;
    if (node.callee.type === "MemberExpression") {
      return `$$.method(${expression(node.callee.object)}, ${memberKey(node.callee)}, ${node.callee.computed}), ${args}`;
    }
    return `${expression(node.callee)}, ${args}`;
  }

  const elements = (nodes) =>
    nodes.map((node) => {
      if (node === null) return reject("hole");
      return node.type === "SpreadElement" ? `...$$.spread(${expression(node.argument)})` : expression(node);
    }).join(", ");

  const binary = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod",
    "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "===": "equal", "!==": "unequal",
  };

  function expression(node) {
    switch (node.type) {
      case "Literal":
        if (typeof node.value === "boolean") return String(node.value);
        if (typeof node.value === "string") return wellFormed(node.value);
        if (typeof node.value === "number") return `$$.literal(${integerText(node)}n)`;
        return reject("literal");
      case "Identifier": {
        if (node.name.startsWith("$$")) reject(node.name);
        if (lookup(node.name)) return node.name;
        return functions.has(node.name) ? `$$.library.${node.name}` : reject(`free name ${node.name}`);
      }
      case "TemplateLiteral":
        return `(${node.quasis.map((quasi, i) =>
          wellFormed(quasi.value.cooked) + (i < node.expressions.length ? ` + $$.text(${expression(node.expressions[i])})` : ""),
        ).join(" + ")})`;
      case "UnaryExpression":
        if (node.operator === "!") return `!$$.bool(${expression(node.argument)})`;
        if (node.operator !== "-") reject(`unary ${node.operator}`);
        if (typeof node.argument.value === "number") return `$$.literal(-${integerText(node.argument)}n)`;
        return `$$.neg(${expression(node.argument)})`;
      case "BinaryExpression": {
        const name = binary[node.operator] ?? reject(`operator ${node.operator}`);
        return `$$.${name}(${expression(node.left)}, ${expression(node.right)})`;
      }
      case "LogicalExpression":
        if (node.operator === "??") reject("??");
        return `($$.bool(${expression(node.left)}) ${node.operator} ${expression(node.right)})`;
      case "ConditionalExpression":
        return `($$.bool(${expression(node.test)}) ? ${expression(node.consequent)} : ${expression(node.alternate)})`;
      case "CallExpression":
        if (node.optional) reject("?.");
        return `$$.call(${callParts(node)})`;
      case "MemberExpression":
        if (node.optional) reject("?.");
        return namespaceMember(node) ?? `$$.get(${expression(node.object)}, ${memberKey(node)}, ${node.computed})`;
      case "ArrayExpression": return `$$.array([${elements(node.elements)}])`;
      case "ObjectExpression": return record(node);
      case "ArrowFunctionExpression": case "FunctionExpression": return functionValue(node);
      default: return reject(node.type);
    }
  }

  const wellFormed = (text) => (text.isWellFormed() ? JSON.stringify(text) : reject("lone surrogate"));

  // A call in tail position becomes a value that the caller's loop calls, so such recursion needs no native stack.
  function tail(node) {
    switch (node.type) {
      case "CallExpression": return node.optional ? reject("?.") : `$$.tail(${callParts(node)})`;
      case "ConditionalExpression":
        return `($$.bool(${expression(node.test)}) ? ${tail(node.consequent)} : ${tail(node.alternate)})`;
      case "LogicalExpression":
        if (node.operator === "??") reject("??");
        return `($$.bool(${expression(node.left)}) ${node.operator} ${tail(node.right)})`;
      default: return expression(node);
    }
  }

  function record(node) {
    const seen = new Set();
    const parts = node.properties.map((property) => {
      if (property.type === "SpreadElement") return `...$$.fields(${expression(property.argument)})`;
      if (property.kind !== "init" || property.method) reject("method");
      if (property.computed) return `[$$.key(${expression(property.key)})]: ${expression(property.value)}`;
      const key = staticKey(property.key);
      if (key === "__proto__" || seen.has(key)) reject(`key ${key}`);
      seen.add(key);
      return `${JSON.stringify(key)}: ${expression(property.value)}`;
    });
    return `$$.record({__proto__: null, ${parts.join(", ")}})`;
  }

  // ---- functions and patterns -----------------------------------------------------------------------------------
  function functionValue(node) {
    const names = node.type === "FunctionExpression" && node.id ? [node.id.name] : [];
    const identity = identityOf(node);
    const isArrow = node.type === "ArrowFunctionExpression";
    return within(scopeOf(names), () => {
      const { head, body } = functionParts(node);
      const text = isArrow ? `(${head}) => ${body}` : `function ${names[0] ?? ""}(${head}) ${body}`;
      return `$$.fn(${text}, ${identity})`;
    });
  }

  function identityOf(node) {
    const { text, captures } = normalForm(node);
    return `${JSON.stringify(text)}, () => [${captures.join(", ")}]`;
  }

  function functionParts(node) {
    if (node.async || node.generator) reject("async or generator");
    const parameters = node.params;
    const isRest = parameters.length > 0 && parameters.at(-1).type === "RestElement";
    const plain = isRest ? parameters.slice(0, -1) : parameters;
    let min = 0;
    plain.forEach((parameter, i) => {
      if (parameter.type !== "AssignmentPattern") min = i + 1;
    });
    return within(scopeOf(parameters.flatMap((p) => patternNames(p))), () => {
      const parts = ["$$p", `$$n = $$.arity($$p, ${min}, ${isRest ? "Infinity" : plain.length})`];
      plain.forEach((parameter, i) => {
        if (parameter.type === "AssignmentPattern") {
          bind(parameter.left, `$$.parameterOr($$p, ${i}, () => ${expression(parameter.right)})`, parts);
        } else {
          bind(parameter, `$$p[${i}]`, parts);
        }
      });
      if (isRest) bind(parameters.at(-1).argument, `$$.array($$p.slice(${plain.length}))`, parts);
      const body = node.body.type === "BlockStatement" ? block(node.body.body) : `(${tail(node.body)})`;
      return { head: parts.join(", "), body };
    });
  }

  // Adds `name = value` for each name in the pattern, in order of evaluation.
  function bind(pattern, value, parts) {
    switch (pattern.type) {
      case "Identifier":
        if (pattern.name.startsWith("$$")) reject(pattern.name);
        parts.push(`${pattern.name} = ${value}`);
        break;
      case "ObjectPattern": {
        const whole = temporary();
        parts.push(`${whole} = $$.asRecord(${value})`);
        const keys = [];
        for (const property of pattern.properties) {
          if (property.type === "RestElement") {
            bind(property.argument, `$$.omit(${whole}, [${keys.join(", ")}])`, parts);
            continue;
          }
          let key = property.computed ? `$$.key(${expression(property.key)})` : JSON.stringify(staticKey(property.key));
          if (property.computed) {
            const name = temporary();
            parts.push(`${name} = ${key}`);
            key = name;
          }
          keys.push(key);
          bindElement(property.value, "field", whole, key, parts);
        }
        break;
      }
      case "ArrayPattern": {
        const whole = temporary();
        parts.push(`${whole} = $$.asArray(${value})`);
        pattern.elements.forEach((element, i) => {
          if (element === null) return;
          if (element.type === "RestElement") bind(element.argument, `$$.array(${whole}.slice(${i}))`, parts);
          else bindElement(element, "element", whole, String(i), parts);
        });
        break;
      }
      default: reject(pattern.type);
    }
  }

  function bindElement(pattern, what, whole, key, parts) {
    if (pattern.type === "AssignmentPattern") {
      bind(pattern.left, `$$.${what}Or(${whole}, ${key}, () => ${expression(pattern.right)})`, parts);
    } else {
      bind(pattern, `$$.${what}(${whole}, ${key})`, parts);
    }
  }

  // ---- statements -----------------------------------------------------------------------------------------------
  function block(statements) {
    return within(scopeOf(declaredNames(statements)), () => `{ ${blockBody(statements)} }`);
  }

  // Function declarations are initialised on entry to their block, so they are registered there.
  function blockBody(statements) {
    return registrations(statements) + statements.map(statement).join("\n");
  }

  function registrations(statements) {
    return statements
      .map((node) => (node.type === "ExportNamedDeclaration" && node.declaration ? node.declaration : node))
      .filter((node) => node.type === "FunctionDeclaration")
      .map((node) => `$$.fn(${node.id.name}, ${identityOf(node)});\n`)
      .join("");
  }

  function functionDeclaration(node, name = node.id.name) {
    const { head, body } = functionParts(node);
    return `function ${name}(${head}) ${body}`;
  }

  function variables(node) {
    if (node.kind === "var") reject("var");
    const parts = [];
    for (const { id, init } of node.declarations) {
      if (!init) reject("no initialiser");
      bind(id, expression(init), parts);
    }
    return `const ${parts.join(", ")};`;
  }

  function statement(node) {
    switch (node.type) {
      case "ExpressionStatement":
        // A directive is a String without effect, because the source is in strict mode anyway.
        if (node.directive !== undefined) return ";";
        return `${expression(node.expression)};`;
      case "VariableDeclaration": return variables(node);
      case "FunctionDeclaration": return functionDeclaration(node);
      case "ReturnStatement": return node.argument ? `return ${tail(node.argument)};` : "return;";
      case "ThrowStatement": return `throw $$.thrown(${expression(node.argument)});`;
      case "BlockStatement": return block(node.body);
      case "EmptyStatement": return ";";
      case "BreakStatement": return node.label ? reject("label") : "break;";
      case "IfStatement":
        return `if ($$.bool(${expression(node.test)})) { ${statement(node.consequent)} }` +
          (node.alternate ? ` else { ${statement(node.alternate)} }` : "");
      case "SwitchStatement": {
        const value = temporary();
        const all = node.cases.flatMap((c) => c.consequent);
        return within(scopeOf(declaredNames(all)), () => {
          // Functions declared in a clause are initialised on entry. They would have to be registered before the first
          // clause, which a `switch` does not allow, so this oracle does not support them.
          if (all.some((s) => s.type === "FunctionDeclaration")) reject("function in a switch clause");
          const clauses = node.cases.map((clause) =>
            `${clause.test ? `case $$.equal(${value}, ${expression(clause.test)})` : "default"}:\n` +
            clause.consequent.map(statement).join("\n"));
          return `{ const ${value} = ${withoutScope(() => expression(node.discriminant))};\nswitch (true) {\n${clauses.join("\n")} } }`;
        });
      }
      default: return reject(node.type);
    }
  }

  // The scrutinee of a `switch` is outside the scope of its clauses.
  function withoutScope(body) {
    const scope = scopes.pop();
    try {
      return body();
    } finally {
      scopes.push(scope);
    }
  }

  // ---- the file -------------------------------------------------------------------------------------------------
  const imports = [];
  const top = scopeOf(declaredNames(tree.body), "top");
  for (const node of tree.body) {
    if (node.type !== "ImportDeclaration") continue;
    imports.push(node.source.value);
    for (const specifier of node.specifiers) {
      const { name } = specifier.local;
      if (specifier.type === "ImportNamespaceSpecifier") top.set(name, { kind: "namespace", name, file });
      else top.set(name, { kind: "top", name: specifier.imported?.name ?? "default", file: node.source.value });
    }
  }
  const exported = tree.body.find((node) => node.type === "ExportDefaultDeclaration");
  const isScript = isEntry && !exported;

  const names = (node) =>
    node.type === "FunctionDeclaration" ? [node.id.name] : node.declarations.flatMap(({ id }) => patternNames(id));

  function topStatement(node, index) {
    switch (node.type) {
      case "ImportDeclaration": return source.slice(node.start, node.end);
      case "ExportAllDeclaration": return reject("export *");
      case "ExportNamedDeclaration":
        if (node.source) imports.push(node.source.value);
        if (!node.declaration) return source.slice(node.start, node.end);
        return `${statement(node.declaration)}\nexport { ${names(node.declaration).join(", ")} };`;
      case "ExportDefaultDeclaration": {
        if (node.declaration.type !== "FunctionDeclaration") reject("default export of something else than a function");
        const name = node.declaration.id?.name ?? "$$default";
        return `${functionDeclaration(node.declaration, name)}\n$$.fn(${name}, ${identityOf({ ...node.declaration, type: "FunctionExpression", id: null })});\nexport { ${name} as default };`;
      }
      default:
        if (isScript && index === tree.body.length - 1 && node.type === "ExpressionStatement") {
          return `const $$result = ${expression(node.expression)};\nexport { $$result };`;
        }
        return statement(node);
    }
  }

  const code = within(top, () => registrations(tree.body) + tree.body.map(topStatement).join("\n"));
  if (isScript && !["ExpressionStatement", "ThrowStatement"].includes(tree.body.at(-1)?.type)) {
    reject("a script must end in an expression");
  }
  return { code, imports, isScript };
}

module.exports = { rewrite, Unsupported };
