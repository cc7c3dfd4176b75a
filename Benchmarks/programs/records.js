// Records: created with literals, copied with spread, read by name, folded.
const order = (i) => ({
  id: i,
  customer: { id: i % 97, region: i % 4 === 0 ? "north" : "south" },
  quantity: i % 7 + 1,
  price: i * 13 % 1000,
  open: i % 3 !== 0,
});

const empty = { count: 0, north: 0, south: 0, largest: 0 };

const book = (totals, { customer, quantity, price }) => {
  const amount = quantity * price;
  const counted = { ...totals, count: totals.count + 1, largest: amount > totals.largest ? amount : totals.largest };
  return customer.region === "north"
    ? { ...counted, north: counted.north + amount }
    : { ...counted, south: counted.south + amount };
};

const round = (k) => {
  const totals = Array.from({ length: 500 }, (_, i) => order(i * 11 + k))
    .filter((o) => o.open)
    .map((o) => ({ ...o, price: o.price + o.customer.id }))
    .reduce(book, empty);
  return totals.count + totals.north * 3 + totals.south * 5 + totals.largest;
};

Array.from({ length: 1200 }, (_, k) => k).reduce((sum, k) => (sum * 31 + round(k)) % 1000000007, 0)
