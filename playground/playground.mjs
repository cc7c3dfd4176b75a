// The page: files, diagnostics while typing, runs, where the gas goes, links that carry a program.

import { show as showProfile } from "./flames.mjs";

const element = (id) => document.getElementById(id);
const [source, gutter, marks, request, gas] = ["source", "gutter", "marks", "request", "gas"].map(element);

/** What is being edited. */
const state = { files: [{ path: "main.js", text: "" }], open: 0, diagnostics: [] };

// MARK: The worker

let worker;
let waiting = new Map();
let lastNumber = 0;

function start() {
  worker = new Worker("worker.mjs", { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    waiting.get(data.number)?.(data);
    waiting.delete(data.number);
  });
}

function ask(message) {
  const number = ++lastNumber;
  return new Promise((resolve) => {
    waiting.set(number, resolve);
    worker.postMessage({ number, ...message, files: state.files });
  });
}

function stop() {
  worker.terminate();
  waiting = new Map();
  start();
}

// MARK: The editor

function showFiles() {
  element("files").replaceChildren(...state.files.map((file, index) => {
    const tab = document.createElement("button");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(index === state.open));
    tab.textContent = file.path;
    tab.addEventListener("click", () => open(index));
    return tab;
  }));
}

function open(index) {
  state.open = index;
  source.value = state.files[index].text;
  showFiles();
  decorate();
}

/** Line numbers, and marks under what the diagnostics are about. */
function decorate() {
  const here = state.diagnostics.filter((one) => one.file === state.files[state.open].path);
  const lines = source.value.split("\n");
  gutter.replaceChildren(...lines.flatMap((_, index) => {
    const number = document.createElement("span");
    number.textContent = `${index + 1}\n`;
    if (here.some((one) => one.line === index + 1)) number.className = "wrong";
    return number;
  }));
  marks.replaceChildren(...lines.flatMap((line, index) => {
    const one = here.find((found) => found.line === index + 1);
    if (!one) return [`${line}\n`];
    // Columns count code points, from 1.
    const points = Array.from(line);
    const first = one.column - 1;
    const last = one.endLine === one.line ? Math.max(one.endColumn - 1, first + 1) : points.length;
    const mark = document.createElement("mark");
    mark.textContent = points.slice(first, last).join("") || " ";
    return [points.slice(0, first).join(""), mark, `${points.slice(last).join("")}\n`];
  }));
  scroll();
}

function scroll() {
  gutter.scrollTop = marks.scrollTop = source.scrollTop;
  marks.scrollLeft = source.scrollLeft;
}

function showDiagnostics(diagnostics) {
  state.diagnostics = diagnostics;
  element("diagnostics").replaceChildren(...diagnostics.map((one) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const hint = document.createElement("span");
    hint.className = "hint";
    hint.textContent = one.hint;
    button.append(`${one.file}:${one.line}:${one.column} ${one.code}: ${one.message}`, hint);
    button.addEventListener("click", () => jumpTo(one));
    item.append(button);
    return item;
  }));
  decorate();
}

function jumpTo({ file, line, column }) {
  open(Math.max(0, state.files.findIndex((one) => one.path === file)));
  const before = source.value.split("\n").slice(0, line - 1);
  const text = Array.from(source.value.split("\n")[line - 1] ?? "");
  const place = before.reduce((sum, one) => sum + one.length + 1, 0) + text.slice(0, column - 1).join("").length;
  source.focus();
  source.setSelectionRange(place, place);
}

let pause;
function edited() {
  state.files[state.open].text = source.value;
  decorate();
  clearTimeout(pause);
  pause = setTimeout(async () => {
    const { diagnostics } = await ask({ task: "check" });
    if (diagnostics) showDiagnostics(diagnostics);
  }, 150);
}

// MARK: Running

let isRunning = false;

function show(status, isWrong, body = "", figures = []) {
  element("status").textContent = status;
  element("status").classList.toggle("wrong", isWrong);
  element("body").textContent = body;
  element("figures").replaceChildren(...figures.flatMap(([name, value]) => {
    const [term, description] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    description.textContent = value;
    description.id = `figure-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
    return [term, description];
  }));
}

const grouped = (number) => number.toLocaleString("en").replaceAll(",", "\u202f");

async function run() {
  if (isRunning) {
    stop();
    finish();
    return show("Stopped", true);
  }
  const gasLimit = Number(gas.value);
  if (!Number.isInteger(gasLimit) || gasLimit < 1 || gasLimit > 2_000_000_000) {
    return show("The gas limit must be a whole number from 1 to 2,000,000,000.", true);
  }
  isRunning = true;
  element("run").textContent = "Stop";
  const answer = await ask({ task: "run", request: request.value, gasLimit });
  finish();
  if (answer.failure) return show(answer.failure, true);
  if (answer.diagnostics) {
    showDiagnostics(answer.diagnostics);
    return show("The program has errors.", true);
  }
  const { outcome } = answer;
  show(outcome.error ? `Error: ${outcome.error}` : "Value", outcome.error !== "", outcome.body, [
    ["SHA-256", outcome.sha256],
    ["Gas", `${grouped(outcome.gas)} of ${grouped(gasLimit)} units`],
    ["Heap peak", `${grouped(outcome.heapPeak)} bytes`],
    ["Stack peak", `${grouped(outcome.stackPeak)} words`],
    ["Snapshot", `${grouped(answer.size)} bytes${answer.snapshot ? `, ${answer.snapshot}` : ""}`],
  ]);
  element("listing").textContent = answer.listing;
  await profileIfShown();
}

// MARK: Gas

/** Counts the gas of the last run by call and by line, if that is what the page shows. */
async function profileIfShown() {
  if (element("gas-view").hidden) return;
  element("gas-status").textContent = "Counting …";
  const answer = await ask({ task: "profile", request: request.value, gasLimit: Number(gas.value) });
  const isEmpty = answer.failure || !answer.profile;
  if (isEmpty) {
    element("flames").replaceChildren();
    element("gas-lines").replaceChildren();
  }
  element("gas-status").textContent = answer.failure
    ?? (answer.profile ? showProfile(answer.profile, element("flames"), element("gas-lines"), jumpTo)
      : "The program has errors.");
}

function finish() {
  isRunning = false;
  element("run").textContent = "Run";
}

// MARK: Examples and links

function load(example) {
  state.files = example.files.map((file) => ({ ...file }));
  state.diagnostics = [];
  request.value = example.request;
  open(0);
  edited();
}

/** A program as the fragment of a link: JSON, compressed, base64url. */
async function packed() {
  const text = JSON.stringify({ files: state.files, request: request.value, gas: gas.value });
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function unpacked(fragment) {
  const bytes = Uint8Array.from(atob(fragment.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const found = JSON.parse(await new Response(stream).text());
  const files = found.files.map(({ path, text }) => ({ path: String(path), text: String(text) }));
  if (files.length === 0) throw new Error("the link carries no file");
  return { files, request: String(found.request), gas: Number(found.gas) };
}

async function share() {
  history.replaceState(null, "", `#${await packed()}`);
  try {
    await navigator.clipboard.writeText(location.href);
    element("share").textContent = "Copied";
  } catch {
    element("share").textContent = "In the address bar";
  }
  setTimeout(() => (element("share").textContent = "Copy link"), 1500);
}

// MARK: The page

start();
source.addEventListener("input", edited);
source.addEventListener("scroll", scroll);
element("run").addEventListener("click", run);
element("share").addEventListener("click", share);
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
const views = { result: "result", gas: "gas-view", code: "code" };
for (const tab of Object.keys(views)) {
  element(`tab-${tab}`).addEventListener("click", () => {
    for (const [one, view] of Object.entries(views)) {
      element(`tab-${one}`).setAttribute("aria-selected", String(one === tab));
      element(view).hidden = one !== tab;
    }
    if (tab === "gas") profileIfShown();
  });
}

const examples = await (await fetch("examples.json")).json();
const choice = element("examples");
choice.replaceChildren(...examples.map((example, index) => new Option(example.name, index)));
choice.addEventListener("change", () => {
  load(examples[choice.value]);
  run();
});
try {
  const linked = location.hash.length > 1 ? await unpacked(location.hash.slice(1)) : undefined;
  if (linked) gas.value = linked.gas;
  load(linked ?? examples[0]);
} catch {
  load(examples[0]);
  show("The link could not be read. Here is an example instead.", true);
}
await run();
document.body.dataset.ready = String(Math.round(performance.now()));
