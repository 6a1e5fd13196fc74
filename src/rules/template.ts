/**
 * Texts with places for facts: `{dns.server.ip}`, `{count}`, `{count:question}` (with its plural), and `{registry.host|the registry}` with words for when the
 * fact is not known.
 */
export type Facts = (name: string) => readonly string[];

const PLACE = /\{([^{}|\s]+)(?:\|([^{}]*))?\}/g;
const SHOWN = 2;
const MAX_TEXT = 200;

/**
 * Fills the places of a template. A fact that is not known and has no words of its own becomes "an unknown NAME"; parentheses that
 * stay empty are left out.
 */
export function fill(template: string, facts: Facts): string {
  const filled = template.replace(PLACE, (_, name: string, otherwise: string | undefined) => {
    const values = facts(name);
    if (values.length > 0) return shorten(values.map(unwrapped));
    return otherwise ?? `an unknown ${name}`;
  });
  return filled.replace(/ \(:?\)/g, "");
}

/** A value that the evidence wraps over several lines, on one. */
function unwrapped(value: string): string {
  if (!value.includes("\n")) return value;
  return value
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
}

/** The names in a template. */
export function placesOf(template: string): string[] {
  return [...template.matchAll(PLACE)].map((match) => match[1]!);
}

/** "a", "a and b", "a, b and c", "a, b and 3 more". */
export function shorten(values: readonly string[]): string {
  if (values.length === 1) return values[0]!;
  if (values.length > SHOWN + 1)
    return `${values.slice(0, SHOWN).join(", ")} and ${values.length - SHOWN} more`;
  return `${values.slice(0, -1).join(", ")} and ${values.at(-1)}`;
}

/** `1 question`, `3 questions`; `query/queries` gives both forms. */
export function counted(count: number, word: string): string {
  const [one, many] = word.split("/");
  return `${count} ${count === 1 ? one : (many ?? `${one}s`)}`;
}

/** Cuts a long text between code points. */
export function clip(text: string, most = MAX_TEXT): string {
  if (text.length <= most) return text;
  const code = text.charCodeAt(most - 1);
  const end = code >= 0xd800 && code < 0xdc00 ? most - 1 : most;
  return `${text.slice(0, end)}…`;
}

/** A span in µs for people: `340 µs`, `12.5 ms`, `5.01 s`, `3 min 20 s`. */
export function spanText(micros: number): string {
  const round = (value: number): string => String(Number(value.toPrecision(3)));
  if (micros < 1_000) return `${round(micros)} µs`;
  if (micros < 1_000_000) return `${round(micros / 1_000)} ms`;
  if (micros < 120_000_000) return `${round(micros / 1_000_000)} s`;
  const seconds = Math.round(micros / 1_000_000);
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
