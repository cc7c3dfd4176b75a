// Handler
// A handler answers a request. Money is exact: Decimal is IEEE decimal128, and rounding is always asked for.
// request: {"net": "249.99", "rate": "0.19"}
export default function (request) {
  const net = Result.unwrapOr(Decimal.parse(request.net), Decimal("0"));
  const rate = Result.unwrapOr(Decimal.parse(request.rate), Decimal("0"));
  const tax = Result.unwrapOr(Decimal.mul(net, rate), Decimal("0"));
  const rounded = Decimal.round(tax, 2);
  return { net, tax: rounded };
}
