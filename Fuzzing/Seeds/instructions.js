// Every opcode that code in a function can have. Tests and the fuzzer of images begin with it.
const list = [1, "two", [3]];
const big = 9223372036854775807;
const use = () => late;
const late = () => later(1);
const later = x => x > 0 ? later(x - 1) : x;
const apply = (f, ...rest) => f(...rest);
const head = (f, xs) => { const y = f(...xs); return y; };
const maker = (n, {name = "x", [n]: other, ["k"]: more = 1}, [p, q = 2, ...r]) => {
  const self = k => k === 0 ? [n, name, other, more, p, q, r] : self(k - 1);
  const cell = () => next();
  const next = () => k => cell;
  return [self, self(1), `${name}!${n}`, cell];
};
const compare = (a, b) => {
  if (a < b) { return 1; }
  if (a <= b) { return 2; }
  if (a === b) { return 3; }
  if (a !== b) { return 4; }
  if (a < 1) { return 5; }
  if (a <= 1) { return 6; }
  if (a > 1) { return 7; }
  if (a >= 1) { return 8; }
  if (a === 1) { return 9; }
  if (a !== 1) { return 10; }
  return [a < b, a <= b, a === b, a !== b, !a, -a, a + b, a - b, a * b, a / b, a % b, a + 1];
};
const odd = n => { const f = function go(k) { return k === 0 ? [n, go] : go(k - 1); }; return f(n); };
const early = xs => { const [] = xs; if (xs) { xs; } const y = z; const z = Int.parse("1"); return y; };
export default function (request) {
  const {kind, ...others} = request;
  const [first, ...rest] = list;
  switch (kind) { case "a": return [...list, ...rest, list.map(Object.keys)]; default: break; }
  if (request.n < 3) { throw {code: request.n, ...others}; }
  const flag = request.a && request.b || true;
  Log.info("done");
  Log.info(...list);
  const joined = "x".concat(...rest);
  const m = [Math.max(...[1, 2]), Math.max(1, 2)];
  const text = "a".toUpperCase();
  const o = {later: later(3), apply: apply(later, 1), maker: maker(1, others, list), flag, joined, m, text, [kind]: !true};
  if (flag) { return request.f(...rest); }
  if (others) { return request.f(1); }
  if (first) { return apply(...rest); }
  return {...o, list: list[0], compare: compare(1, 2), head: head(later, [1]), big, odd: odd(1), early: early([])};
}
