"""Searches the memory of a process for the secrets that it handles.

    search_secrets.py PROBE FOLDER standard|classified|sealed|effect

For each program below, the probe answers a request that contains secrets: a string, a card number as an integer, and a
price as a decimal. At each stop of the probe, all memory of the process is searched for the secrets, in all forms that
they take. While a request runs they must be found, which shows that the search works. Afterwards they must not be
found, neither in the process's memory nor in a core file. The request reaches the probe only through a file: its
arguments, environment and code contain nothing of it.

Programs that call the vault, the probe's own effect, get an empty request. The secrets are in the vault's file. The
program gets them as a result, and the vault gets them again as an argument. With `effect`, the vault marks them as
classified. With `sealed`, the request is classified, recorded under seal, and answered a second time from the journal.
Then the journal's files are searched too, and the host key is an additional secret.

Prints a line for each secret found where it must not be. In that case, the exit status is 1.
"""

import glob
import json
import os
import secrets
import subprocess
import sys

RETURNS = "export default function (r) { return %s; }"

# For each name: the program, and the error that ends its run. `secret`, `card` and `price` are fields of the request.
PROGRAMS = {
    "echo": (RETURNS % "r", None),
    "texts": (RETURNS % "({upper: r.secret.toUpperCase(), twice: r.secret + r.secret, parts: r.secret.split('')})", None),
    "numbers": (RETURNS % "[r.card + 1, r.price * 2, `${r.card}`, String(r.price)]", None),
    "map keys": (RETURNS % "Map.size(Map.set(Map.of([[{k: r.secret}, 1], [r.card, 2]]), [r.secret], 3))", None),
    "record keys": (RETURNS % "Object.keys(Object.fromEntries([[r.secret, 1], ['a', 2]])).length", None),
    "sorted": (RETURNS % "[r.secret, 'b', 'a'].toSorted().map(s => s.length)", None),
    "hashes": (RETURNS % "[Text.sha256(r.secret), Text.hmacSha256(r.secret, 'm'), Hash.sha256(r)]", None),
    "coded": (RETURNS % "JSON.parse(JSON.stringify(r)) === r", None),
    "closures": (RETURNS % "[1, 2].map(n => m => r.secret + n + m).map(f => f(3).length)", None),
    "compared": (RETURNS % "(a => b => a)(r.secret) === (a => b => a)(r.secret)", None),
    "thrown": (RETURNS % "(() => { throw {secret: r.secret, card: r.card, price: r.price}; })()", "Thrown"),
    "missing field": ("const f = (r, k) => r[k]; " + RETURNS % "f(r, r.secret)", "NoSuchField"),
    "wrong kind": (RETURNS % "r.secret - 1", "TypeMismatch"),
    "gas": ("const f = (s, n) => f(s, n + 1); " + RETURNS % "f(r.secret + '!', 0)", "GasExhausted"),
    "stack": ("const f = (s, n) => 1 + f(s, n + 1); " + RETURNS % "f(r.secret, 0)", "StackExhausted"),
    "memory": ("const f = s => f(s + s); " + RETURNS % "f(r.secret)", "MemoryExhausted"),
    "request": (RETURNS % "r", "InvalidRequest"),
    "answer": (RETURNS % "({secret: r.secret, f: x => x})", "NotSerializable"),
}

# The same for programs that call the vault.
VAULT_PROGRAMS = {
    "result": (RETURNS % "Vault.read().Ok", None),
    "argument": (RETURNS % "[Vault.take(Vault.read().Ok.secret).Ok, Vault.take({card: Vault.read().Ok.card})]", None),
    "error after a result": ("const f = (v, k) => v[k]; " + RETURNS % "f(Vault.read().Ok, Vault.read().Ok.secret)",
                             "NoSuchField"),
    "thrown after an argument": (RETURNS % "(() => { throw Vault.take(Vault.read().Ok); })()", "Thrown"),
    "gas after a result": ("const f = (s, n) => f(s, n + 1); " + RETURNS % "f(Vault.read().Ok.secret + '!', 0)",
                           "GasExhausted"),
    "refused": (RETURNS % "Vault.refuse(Vault.read().Ok)", "Refused"),
    "failed": (RETURNS % "Vault.fail(Vault.read().Ok)", "HostFault"),
}


class Secrets:
    """The planted secrets, and the forms of them that the search looks for."""

    def __init__(self):
        self.text = secrets.token_hex(12)
        self.card = 4_000_000_000_000_000 + secrets.randbelow(10**15)
        self.price = 10**20 + secrets.randbelow(10**20)
        self.host_key = secrets.token_bytes(32)
        text = self.text.encode()
        self.needles = {
            "text": text,
            "upper-case text": text.upper(),
            "HMAC's inner key": bytes(byte ^ 0x36 for byte in text),
            "HMAC's outer key": bytes(byte ^ 0x5C for byte in text),
            "card number": str(self.card).encode(),
            "card number, binary": self.card.to_bytes(8, "little"),
            "card number, as a word": (self.card << 1 | 1).to_bytes(8, "little"),
            "card number, big-endian": self.card.to_bytes(8, "big"),
            "price": str(self.price).encode(),
            "price, binary": self.price.to_bytes(9, "little"),
            "host key": self.host_key,
            "host key's digits": self.host_key.hex().encode(),
        }

    def request(self, is_valid):
        text = json.dumps({"secret": self.text, "card": self.card, "price": "PRICE"})
        text = text.replace('"PRICE"', f"{self.price}.25")
        return text if is_valid else text[:-1]

    def cbor(self):
        """`{card, price, secret}` as canonical CBOR. The price is a decimal of more than 64 bits."""
        cents = self.price * 100 + 25
        size = (cents.bit_length() + 7) // 8
        price = b"\xc4\x82\x21\xc2" + bytes([0x40 | size]) + cents.to_bytes(size, "big")
        return (b"\xa3\x64card\x1b" + self.card.to_bytes(8, "big") + b"\x65price" + price
                + b"\x66secret\x78" + bytes([len(self.text)]) + self.text.encode())


def found(needles, read):
    """The needles found in the pieces that `read` yields, as pairs of the needle's and the piece's name."""
    return {
        (name, piece) for piece, content in read for name, needle in needles.items() if needle in content
    }


def memory(pid):
    """All readable memory of a process, one mapping at a time."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            bounds, permissions, *rest = line.split()
            if not permissions.startswith("r") or rest[-1] in ("[vvar]", "[vvar_vclock]", "[vsyscall]"):
                continue
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            mem.seek(start)
            yield rest[-1] if len(rest) > 3 else f"anonymous memory of {(end - start) >> 10} kB", mem.read(end - start)


def core(pid, folder):
    """The core file of a process, written by gdb's gcore."""
    subprocess.run(["gcore", "-o", os.path.join(folder, "core"), str(pid)], check=True, capture_output=True)
    [path] = glob.glob(os.path.join(folder, f"core.{pid}"))
    with open(path, "rb") as file:
        content = file.read()
    os.remove(path)
    yield "core", content


class Probe:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.pid = self.process.pid

    def wait(self, place):
        said = self.process.stdout.readline().decode().strip()
        if said != place:
            raise SystemExit(f"the probe said {said!r} instead of {place!r}")

    def go_on(self):
        self.process.stdin.write(b".")


def search(name, program, ending, probe_path, folder, protection):
    planted = Secrets()
    paths = [os.path.join(folder, file) for file in ("main.js", "request.json", "vault.cbor")]
    with open(paths[2] + ".key", "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(planted.host_key.hex())
    request = "{}" if name in VAULT_PROGRAMS else planted.request(is_valid=ending != "InvalidRequest")
    for path, content in zip(paths, (program.encode(), request.encode(), planted.cbor())):
        with open(path, "wb") as file:
            file.write(content)

    def records():
        return glob.glob(os.path.join(folder, "*.db*")) + glob.glob(os.path.join(folder, "*.log"))

    for path in records():
        os.remove(path)
    probe = Probe([probe_path, *paths, protection])
    problems = []

    def look(place, is_allowed, is_core=False):
        places = found(planted.needles, core(probe.pid, folder) if is_core else memory(probe.pid))
        if is_allowed and not {"text", "card number"} & {needle for needle, _ in places}:
            problems.append(f"{name}, {place}: nothing is found, so the search shows nothing")
        elif not is_allowed:
            problems.extend(
                f"{name}, {place}: {needle} in {piece}" for needle, piece in sorted(places)
                # The host still exists.
                if not (place == "answered" and needle == "host key"))

    # Core files are searched only for a few programs, because gcore is slow.
    takes_core = name in ("echo", "thrown", "memory", "argument", "error after a result")
    # While the response exists, the request does too. That of a program that calls the vault contains no secrets.
    is_answered = name not in VAULT_PROGRAMS or ending not in ("GasExhausted", "Refused", "HostFault")
    for place, is_allowed in (
        ("loaded", False), ("ran", True), ("wiped", False), ("answered", is_answered), ("forgotten", False)
    ):
        probe.wait(place)
        look(place, is_allowed)
        if takes_core and place == "forgotten":
            look(place, False, is_core=True)
        if takes_core and place == "ran" and protection == "standard":
            look(place, True, is_core=True)
        probe.go_on()
    if protection == "sealed":
        contents = [(os.path.basename(path), open(path, "rb").read()) for path in records()]
        problems.extend(f"{name}: {needle} in {file}" for needle, file in sorted(found(planted.needles, contents)))
        if not any(b"mqjs_requests" in content for _, content in contents):
            problems.append(f"{name}: there is no journal, so the search shows nothing")
    if probe.process.wait() != 0:
        problems.append(f"{name}: the probe ended with {probe.process.returncode}")
    return problems


def main():
    probe_path, folder, protection = sys.argv[1:]
    problems = []
    programs = VAULT_PROGRAMS if protection == "effect" else PROGRAMS | VAULT_PROGRAMS
    for name, (program, ending) in programs.items():
        problems += search(name, program, ending, probe_path, folder, protection)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
