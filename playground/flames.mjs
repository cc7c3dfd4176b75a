// The flame graph: a bar for each call, as wide as its share of the gas, above the call that made it.

const grouped = (number) => number.toLocaleString("en").replaceAll(",", "\u202f");
const share = (part, whole) => `${(whole === 0 ? 0 : (part * 100) / whole).toFixed(1)} %`;

/** The frames as a tree with units that include the calls, from their list in the order of their text. */
function tree(frames) {
  const open = [];
  let root;
  for (const { depth, kind, name, own } of frames) {
    const frame = { kind, name, own, units: 0, depth, callees: [] };
    if (depth === 0) root = frame;
    else open[depth - 1].callees.push(frame);
    open.length = depth;
    open[depth] = frame;
  }
  const add = (frame) => {
    frame.callees.sort((a, b) => (a.name < b.name ? -1 : 1));
    frame.units = frame.callees.reduce((sum, callee) => sum + add(callee), frame.own);
    return frame.units;
  };
  add(root);
  return root;
}

/** A shade that depends on the name, so that a function always looks the same. */
const shade = (name) => Array.from(name).reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % 4, 0);

/** Shows the calls in an element, the chosen one over the full width, with those around it below. */
function showCalls(place, root, chosen, around) {
  const rows = [];
  const put = (frame, level, from, size) => {
    if (frame.units === 0 || size < 0.002) return;
    (rows[level] ??= []).push({ frame, from, size });
    let start = from;
    for (const callee of frame.callees) {
      const width = (size * callee.units) / frame.units;
      put(callee, level + 1, start, width);
      start += width;
    }
  };
  around.forEach((frame, level) => (rows[level] = [{ frame, from: 0, size: 1 }]));
  put(chosen, around.length, 0, 1);
  place.replaceChildren(...rows.map((bars, level) => {
    const row = document.createElement("div");
    row.className = "row";
    row.append(...bars.map(({ frame, from, size }) => {
      const bar = document.createElement("button");
      bar.type = "button";
      bar.setAttribute("role", "treeitem");
      bar.className = `bar ${frame.kind} shade-${shade(frame.name)}`;
      bar.style.left = `${from * 100}%`;
      bar.style.width = `${size * 100}%`;
      bar.textContent = frame.name;
      bar.title = `${frame.name}\n${grouped(frame.units)} units, ${share(frame.units, root.units)}; own: ${grouped(frame.own)}`;
      bar.setAttribute("aria-label", bar.title);
      bar.addEventListener("click", () => {
        const path = pathTo(root, frame);
        showCalls(place, root, frame, path);
        // The rows go from the innermost calls down to the outermost.
        Array.from(place.querySelectorAll(".row")).at(-1 - path.length)?.querySelector(".bar")?.focus();
      });
      return bar;
    }));
    return row;
  }).reverse());
}

/** The frames around a frame, outermost first. */
function pathTo(root, frame) {
  const search = (one, path) => {
    if (one === frame) return path;
    for (const callee of one.callees) {
      const found = search(callee, [...path, one]);
      if (found) return found;
    }
    return undefined;
  };
  return search(root, []) ?? [];
}

/** Shows a profile: the calls in one element, the lines, the most expensive first, in another. */
export function show({ gas, frames, lines }, flames, table, jumpTo) {
  const root = tree(frames);
  showCalls(flames, root, root, []);
  const sum = lines.reduce((units, line) => units + line.units, 0);
  const rows = lines.filter((line) => line.units > 0).sort((a, b) => b.units - a.units).slice(0, 40).map((line) => {
    const row = document.createElement("tr");
    const [units, part, place] = [0, 1, 2].map(() => document.createElement("td"));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${line.file}:${line.number}`;
    button.addEventListener("click", () => jumpTo({ file: line.file, line: line.number, column: 1 }));
    units.textContent = grouped(line.units);
    part.textContent = share(line.units, gas);
    place.append(button);
    row.append(units, part, place);
    return row;
  });
  table.replaceChildren(...rows);
  return `${grouped(gas)} units of gas; ${grouped(gas - sum)} of them are the host's, for the request and the response. `
    + "Choose a bar to enlarge it, the lowest one to go back.";
}
