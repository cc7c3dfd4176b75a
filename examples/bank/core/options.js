// Options and Results, where the library has no word of its own.

// The value of the field, or `fallback` if there is none.
export const fieldOr = (record, name, fallback) => Option.unwrapOr(Object.get(record, name), fallback);

// What `onSome` makes of the value, or `fallback`.
export const fold = (option, fallback, onSome) => Option.unwrapOr(Option.map(option, onSome), fallback);

// The Result of an Option: what is missing is `error`.
export const okOr = (option, error) => (Option.isSome(option) ? Ok(option.Some) : Err(error));

export const isErr = (result) => !Result.isOk(result);

// The first Err of the Results, or Ok of all their values.
export const allOk = (results) => {
  const firstErr = results.findIndex(isErr);
  return firstErr === -1 ? Ok(results.map(({ Ok: value }) => value)) : results[firstErr];
};
