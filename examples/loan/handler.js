// Tail recursion: how long it takes to pay back a loan, simulated day by day.
//
// There are no loops in the language. A function that ends in a call of itself is one: such a call takes no stack and no
// gas of its own, so the state of the loop is simply the function's parameters.
//
//   request   {principalCents, annualRateBasisPoints, monthlyPaymentCents}
//   response  {Ok: {days, payments, interestCents, lastPaymentCents}} or {Err: "NeverPaidBack"}

const DAYS_PER_YEAR = 365;
const DAYS_PER_MONTH = 30;
const WHOLE = 10000; // basis points

export default function (request) {
  const { principalCents, annualRateBasisPoints, monthlyPaymentCents } = request;
  // Half to even: see ../invoice/money.js for rounding of amounts of either sign; here none is negative.
  const interestOfDay = (balance) => {
    const yearly = balance * annualRateBasisPoints;
    const perYear = WHOLE * DAYS_PER_YEAR;
    const quotient = yearly / perYear;
    const twice = yearly % perYear * 2;
    return twice > perYear || (twice === perYear && quotient % 2 === 1) ? quotient + 1 : quotient;
  };

  // One call is one day. `owed` is what was owed on the day of the last payment: if it hasn't shrunk a month later, it
  // never will.
  const nextDay = (day, balance, interest, payments, owed) => {
    const added = interestOfDay(balance);
    const due = balance + added;
    const total = interest + added;
    if (day % DAYS_PER_MONTH !== 0) return nextDay(day + 1, due, total, payments, owed);
    if (due <= monthlyPaymentCents) {
      return Ok({ days: day, payments: payments + 1, interestCents: total, lastPaymentCents: due });
    }
    const rest = due - monthlyPaymentCents;
    return rest < owed ? nextDay(day + 1, rest, total, payments + 1, rest) : Err("NeverPaidBack");
  };

  return nextDay(1, principalCents, 0, 0, principalCents);
}
