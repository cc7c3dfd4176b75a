"""Opens the playground in headless Chromium and compares what it shows with `mqjs` and with the conformance cases.

Usage: browser_test.py FOLDER MQJS CASES [SCREENSHOTS]

Prints what it measured, and `N passed, N failed` as its last line.
"""

from __future__ import annotations

import base64
import functools
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

WAIT = 120
PROGRAMS = 200


class Browser:
    """A headless Chromium, spoken to through a pair of pipes (Chrome DevTools Protocol)."""

    def __init__(self, folder: str) -> None:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def connect() -> None:
            os.dup2(to_read, 3)
            os.dup2(from_write, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
             f"--user-data-dir={folder}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.out = os.fdopen(to_write, "wb", buffering=0)
        self.input = os.fdopen(from_read, "rb")
        self.number = 0
        self.session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **parameters: object) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        while True:
            data = bytearray()
            while (byte := self.input.read(1)) != b"\0":
                if not byte:
                    raise RuntimeError("Chromium has ended")
                data += byte
            answer = json.loads(data)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def value(self, expression: str) -> object:
        """The value of an expression in the page; promises are awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression[:80]}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def until(self, expression: str) -> object:
        """Waits until an expression is true."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            found = self.value(expression)
            if found:
                return found
            time.sleep(0.05)
        raise RuntimeError(f"this never became true: {expression}")

    def size(self, width: int, height: int) -> None:
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def screenshot(self, path: str) -> None:
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        pass


def type_in(browser: Browser, place: str, text: str) -> None:
    """Replaces the text of a field, as typing does."""
    browser.value(f"{{ const e = document.getElementById({json.dumps(place)}); e.value = {json.dumps(text)};"
                  " e.dispatchEvent(new Event('input', {bubbles: true})); true }")


def click_run(browser: Browser) -> None:
    browser.value("document.getElementById('body').textContent = ''; document.getElementById('figures').textContent = '';"
                  "document.getElementById('run').click(); true")
    browser.until("document.getElementById('run').textContent === 'Run'")


def shown(browser: Browser, figure: str) -> str:
    return str(browser.value(f"document.getElementById('figure-{figure}')?.textContent ?? ''"))


def report_of(mqjs: str, folder: str, source: str, request: str) -> tuple[str, dict]:
    """What `mqjs run` prints for a program of one file, and its report."""
    program, request_file, report = (os.path.join(folder, name) for name in ("main.js", "request.json", "report.json"))
    for path, text in ((program, source), (request_file, request)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    command = [mqjs, "run", program, "--gas-limit", "10000000", "--report", report]
    if "export default" in source:
        command += ["--request", request_file]
    body = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    with open(report, encoding="utf-8") as file:
        return body.decode().rstrip("\n"), json.load(file)


IN_PAGE = """
(async () => {
  const { Portable } = await import("./portable.mjs");
  const { build, run } = await import("./messages.mjs");
  const portable = await Portable.load(fetch("portable.wasm"));
  const wrong = [];
  for (const one of CASES) {
    const { snapshot, diagnostics } = build(portable, one.files);
    const request = Uint8Array.from(atob(one.base64), (byte) => byte.charCodeAt(0));
    const outcome = snapshot && run(portable, snapshot,
      { request, gasLimit: one.gasLimit, heapBytes: one.heapLimit, stackWords: one.stackLimit });
    if (!outcome || outcome.sha256 !== one.sha256 || outcome.gas !== one.gas || outcome.heapPeak !== one.heapPeak
      || outcome.stackPeak !== one.stackPeak) wrong.push([one.name, diagnostics ?? outcome]);
  }
  return JSON.stringify(wrong);
})()
"""


def cases_of(path: str) -> list[dict]:
    """Runs of programs without effects, as the page is given them."""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            request, run = case["requests"][0], case["requests"][0]["runs"][-1]
            if run["calls"] == 0 and len(found) < PROGRAMS:
                found.append({"name": case["name"], "files": case["files"], "base64": request["base64"],
                              "heapLimit": request["heapLimit"], "stackLimit": request["stackLimit"]}
                             | {key: run[key] for key in ("gasLimit", "sha256", "gas", "heapPeak", "stackPeak")})
    return found


def tests(browser: Browser, address: str, mqjs: str, cases: str, folder: str, pictures: str | None):
    """The checks, each with its name; true if it holds."""
    browser.size(1280, 860)
    browser.call("Page.navigate", url=address)
    ready = browser.until("document.body?.dataset.ready")
    print(f"the first result was shown {ready} ms after the page began to load")

    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "examples", "2-handler.js"),
              encoding="utf-8") as file:
        source = file.read().partition("\n")[2]
    request = '{"net": "249.99", "rate": "0.19"}'
    body, report = report_of(mqjs, folder, source, request)
    type_in(browser, "source", source)
    type_in(browser, "request", request)
    click_run(browser)
    yield "the body is that of mqjs run", browser.value("document.getElementById('body').textContent") == body
    yield "the hash is that of mqjs run", shown(browser, "sha-256") == report["responseSha256"]
    yield "the gas is that of mqjs run", shown(browser, "gas").split(" of")[0].replace("\u202f", "") == str(
        report["gasUsed"])
    if pictures:
        browser.screenshot(os.path.join(pictures, "result.png"))

    browser.value("document.getElementById('tab-gas').click(); true")
    bar = str(browser.until("document.querySelector('#flames .row:last-child .bar')?.title"))
    yield "the lowest bar of the flame graph is all of the gas", (
        bar.split("\n")[1].split(" units")[0].replace("\u202f", "") == str(report["gasUsed"]))
    lines = subprocess.run([mqjs, "profile", os.path.join(folder, "main.js"), "--request",
                            os.path.join(folder, "request.json")], stdout=subprocess.PIPE, check=True).stdout.decode()
    expected = {(row[3], row[0].replace(",", "")) for row in map(str.split, lines.splitlines())
                if len(row) > 3 and row[3].startswith("main.js:")}
    found = json.loads(str(browser.value(
        "JSON.stringify(Array.from(document.querySelectorAll('#gas-lines tr'), (row) =>"
        " [row.cells[2].textContent, row.cells[0].textContent.replaceAll('\\u202f', '')]))")))
    yield "the lines have the gas that mqjs profile gives them", expected != set() and {
        tuple(one) for one in found} == expected
    if pictures:
        browser.screenshot(os.path.join(pictures, "gas.png"))
    name = browser.value("document.querySelector('#flames .row:nth-last-child(2) .bar').textContent")
    browser.value("document.querySelector('#flames .row:nth-last-child(2) .bar').click(); true")
    yield "a chosen bar takes the full width", browser.value(
        "document.querySelector('#flames .row:nth-last-child(2) .bar').style.width") == "100%" and browser.value(
        "document.querySelector('#flames .row:nth-last-child(2) .bar').textContent") == name
    yield "the chosen bar keeps the focus", browser.value("document.activeElement.textContent") == name
    type_in(browser, "source", "const deep = (n) => (n === 0 ? 0 : 1 + deep(n - 1));\ndeep(20000)\n")
    click_run(browser)
    too_deep = browser.until("/too deep|units of gas/.exec(document.getElementById('gas-status').textContent)?.[0]")
    yield "deep calls are counted, or the page says that it can't", bool(too_deep)
    browser.value("document.getElementById('tab-result').click(); true")
    type_in(browser, "source", "1 + 1\n")
    click_run(browser)
    yield "the page works afterwards", browser.value("document.getElementById('body').textContent") == "2"

    type_in(browser, "source", "const total = 0;\ntotal = 1;\n")
    message = browser.until("document.querySelector('#diagnostics li')?.textContent")
    yield "a mistake shows its message", "main.js:2:7 MQ3005" in str(message)
    yield "a mistake is marked where it is", browser.value("document.querySelector('#marks mark')?.textContent") == "="
    yield "its line number is marked", browser.value("document.querySelector('#gutter .wrong')?.textContent.trim()") == "2"
    if pictures:
        browser.screenshot(os.path.join(pictures, "mistake.png"))

    type_in(browser, "source", "const f = (n) => f(n + 1);\nf(0)\n")
    click_run(browser)
    yield "gas ends an endless program", "GasExhausted" in str(
        browser.value("document.getElementById('status').textContent"))

    browser.value("document.getElementById('share').click(); true")
    browser.until("location.hash.length > 1")
    link = str(browser.value("location.href"))
    browser.call("Page.navigate", url="about:blank")
    browser.call("Page.navigate", url=link)
    browser.until("document.body?.dataset.ready")
    yield "a link carries the program", browser.value("document.getElementById('source').value") == (
        "const f = (n) => f(n + 1);\nf(0)\n")
    browser.call("Page.navigate", url="about:blank")
    browser.call("Page.navigate", url=f"{address}#broken")
    browser.until("document.body?.dataset.ready")
    yield "a broken link shows an example", str(browser.value("document.getElementById('source').value")) != ""

    programs = cases_of(cases)
    began = time.monotonic()
    wrong = json.loads(str(browser.value(IN_PAGE.replace("CASES", json.dumps(programs)))))
    print(f"{len(programs)} programs took {time.monotonic() - began:.1f} s")
    for name, found in wrong[:3]:
        print(f"  {name}: {found}")
    yield f"{len(programs)} programs give their hashes, gas and peaks", not wrong and len(programs) == PROGRAMS

    browser.size(390, 844)
    browser.call("Page.navigate", url="about:blank")
    browser.call("Page.navigate", url=address)
    browser.until("document.body?.dataset.ready")
    yield "nothing is wider than a phone", browser.value(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if pictures:
        browser.screenshot(os.path.join(pictures, "phone.png"))


def main() -> int:
    folder, mqjs, cases = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    handler = functools.partial(Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    passed = failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        browser = Browser(os.path.join(scratch, "profile"))
        try:
            address = f"http://127.0.0.1:{server.server_address[1]}/"
            for name, holds in tests(browser, address, mqjs, cases, scratch, pictures):
                print(f"{'ok    ' if holds else 'FAILED'} {name}", flush=True)
                passed, failed = passed + bool(holds), failed + (not holds)
        finally:
            browser.close()
            server.shutdown()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
