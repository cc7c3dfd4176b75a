// Records and spread: an account's state after a list of movements, without changing anything.
//
// Every value is immutable. An "update" makes a new record from an old one: `{...account, balanceCents: 5}` is `account`
// but for one field. So a state can be kept, compared and given back, and nobody can change it behind its owner's back.
//
//   request   {account: {id, owner: {name, …}, balanceCents, movements: []}, movements: [{kind, amountCents, …}]}
//   response  {before, after, rejected, unchanged}

const apply = (account, movement) => {
  switch (movement.kind) {
    case "deposit":
      return Ok(book(account, movement, movement.amountCents));
    case "withdrawal":
    case "fee":
      return movement.amountCents > account.balanceCents
        ? Err("InsufficientFunds")
        : Ok(book(account, movement, -movement.amountCents));
    case "rename":
      // A nested update: the owner's other fields stay.
      return Ok({ ...account, owner: { ...account.owner, name: movement.name } });
    default:
      return Err("UnknownKind");
  }
};

const book = (account, movement, change) => ({
  ...account,
  balanceCents: account.balanceCents + change,
  movements: [...account.movements, { kind: movement.kind, change }],
});

// A state of the fold is itself a record: the account so far, and what was rejected.
const step = (state, movement, index) => {
  const result = apply(state.account, movement);
  return Result.isOk(result)
    ? { ...state, account: result.Ok }
    : { ...state, rejected: [...state.rejected, { index, reason: result.Err }] };
};

// Rest is the opposite of spread: a record without one of its fields.
const withoutMovements = ({ movements, ...summary }) => ({ ...summary, movementCount: movements.length });

export default function (request) {
  const { account: before, movements } = request;
  const { account: after, rejected } = movements.reduce(step, { account: before, rejected: [] });
  return {
    before: withoutMovements(before),
    after,
    rejected,
    // Equality is by content, at any depth.
    unchanged: before === after,
  };
}
