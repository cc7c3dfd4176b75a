// What the other files need of arrays beyond the library: sums, groups, order, running states.

export const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);

export const sumBy = (xs, numberOf) => xs.reduce((total, x) => total + numberOf(x), 0);

// The integers from `first` up to, not including, `end`.
export const range = (first, end) => Array.from({ length: end - first }, (_, index) => first + index);

export const last = (xs) => xs.at(-1);

// A Map from each key to the elements that have it, in their order.
export const groupBy = (xs, keyOf) =>
  xs.reduce((groups, x) => {
    const key = keyOf(x);
    return Map.set(groups, key, [...Option.unwrapOr(Map.get(groups, key), []), x]);
  }, Map.empty);

// Each element once, where it came first.
export const distinct = (xs) => xs.filter((x, index) => xs.indexOf(x) === index);

// A key is an Int or a String; elements with equal keys keep their order.
export const sortBy = (xs, keyOf) => xs.toSorted((a, b) => compare(keyOf(a), keyOf(b)));

const compare = (a, b) => {
  if (a < b) return -1;
  return a > b ? 1 : 0;
};

// Every state on the way: `scan([1, 2, 3], 0, (sum, x) => sum + x)` is `[1, 3, 6]`.
export const scan = (xs, initial, step) =>
  xs.reduce(
    ({ state, states }, x) => {
      const next = step(state, x);
      return { state: next, states: [...states, next] };
    },
    { state: initial, states: [] },
  ).states;

// Neighbours: `pairs([1, 2, 3])` is `[[1, 2], [2, 3]]`.
export const pairs = (xs) => xs.slice(1).map((x, index) => [xs[index], x]);
