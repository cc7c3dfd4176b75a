// Compiles and runs programs beside the page, so that the page stays responsive and can stop a run.
import { Portable } from "./portable.mjs";
import { build, check, disassemble, profile, run } from "./messages.mjs";

let loading = Portable.load(fetch("portable.wasm"));

/** Where the gas goes. The evaluator that counts it recurses, and a browser's stack is small. */
async function profiled(files, request, gasLimit) {
  try {
    return { profile: profile(await loading, files, { request, gasLimit }) };
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    // The module stopped in the middle, and its memory is of no use any more.
    loading = Portable.load(fetch("portable.wasm"));
    throw new Error("The calls are too deep to be profiled in a browser; mqjs profile has more room.");
  }
}

async function answer({ task, files, request, gasLimit }) {
  if (task === "profile") return profiled(files, request, gasLimit);
  const portable = await loading;
  if (task === "check") return { diagnostics: check(portable, files) };
  const built = build(portable, files);
  if (built.diagnostics) return built;
  const outcome = run(portable, built.snapshot, { request, gasLimit });
  const digest = await crypto.subtle?.digest("SHA-256", built.snapshot);
  const snapshot = digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { outcome, snapshot, size: built.snapshot.length, listing: disassemble(portable, built.snapshot) };
}

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ number: data.number, ...(await answer(data)) });
  } catch (error) {
    postMessage({ number: data.number, failure: String(error.message ?? error) });
  }
});
