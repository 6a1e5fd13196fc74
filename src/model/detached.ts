/**
 * The same text in memory of its own. V8 keeps what was cut out of a string (13 characters or more) as a reference to the whole: a stamp
 * or a field that is remembered would keep all that was read with it.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
