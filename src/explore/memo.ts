/** Remembers the last result of a function: what is shown changes far less often than the cursor moves. Arguments are compared by identity. */
export function remembered<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { args: Args; result: Result } | undefined;
  return (...args) => {
    const { args: before } = last ?? {};
    if (last && before!.every((arg, i) => arg === args[i])) return last.result;
    last = { args, result: make(...args) };
    return last.result;
  };
}
