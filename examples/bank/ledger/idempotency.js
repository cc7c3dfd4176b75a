// Idempotency: a client that gets no answer sends its request again, and it must not be booked twice. The client gives
// each request a key. The ledger keeps, for each key that it has booked, the fingerprint of what was booked under it.

// The SHA-256 of the entry's canonical form: the order of its fields does not matter, every value in it does.
export const fingerprint = (entry) => Hash.sha256(entry);

// "new"; "replay" if this very entry was booked under the key; "conflict" if another one was.
export const recognise = (booked, entry) => {
  const before = Map.get(booked, entry.idempotencyKey);
  if (!Option.isSome(before)) return "new";
  return before.Some === fingerprint(entry) ? "replay" : "conflict";
};

export const remember = (booked, entry) => Map.set(booked, entry.idempotencyKey, fingerprint(entry));
