/** An argument of a system call as strace prints it. */
export type Value =
  /** `3`, `0x1 /* POLLIN *\/`, `3<UDP:[1.2.3.4:5->6.7.8.9:53]>`: with what strace annotates. */
  | { kind: "number"; value: number; comment?: string; note?: string }
  /** A quoted text; `cut`: strace (`…"...`) or the file did not show all of it. */
  | { kind: "text"; bytes: Uint8Array; cut: boolean }
  /** `SOCK_DGRAM|SOCK_CLOEXEC`, `NULL`, `&sin6_addr`. */
  | { kind: "word"; text: string }
  /** `htons(53)`, `inet_addr("192.0.2.1")`. */
  | { kind: "call"; name: string; args: Field[] }
  | { kind: "struct"; fields: Field[] }
  | { kind: "array"; items: Field[] }
  /** `...`: more that was left out. */
  | { kind: "more" };

/** A value with its name, when it has one: `tv_sec=5`. */
export interface Field {
  name?: string;
  value: Value;
  /** What stands behind `=>`: the value after the call. */
  after?: Value;
}

/** The value of the named field of a struct; of anything else `undefined`. */
export function field(value: Value | undefined, ...names: readonly string[]): Value | undefined {
  if (value?.kind !== "struct") return undefined;
  for (const { name, value: inner } of value.fields)
    if (name !== undefined && names.includes(name)) return inner;
  return undefined;
}

/** A number, also `NULL` as nothing: `undefined`. */
export function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === "number" ? value.value : undefined;
}

/** Words: flags, constants, or the comment that `-X verbose` puts behind the number. Empty when there are none. */
export function wordsOf(value: Value | undefined): string {
  if (value?.kind === "word") return value.text;
  return value?.kind === "number" ? (value.comment ?? "") : "";
}

/** Whether a flag is set: by its name among the words, or by its bits when only the number was printed (`-X raw`). */
export function hasFlag(value: Value | undefined, name: string, bits: number): boolean {
  const words = wordsOf(value);
  if (words !== "") return words.split("|").includes(name);
  return value?.kind === "number" && bits !== 0 && (value.value & bits) === bits;
}

/** The items of an array; of anything else none. */
export function itemsOf(value: Value | undefined): readonly Field[] {
  return value?.kind === "array" ? value.items : [];
}
