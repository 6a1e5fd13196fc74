import { textOf } from "../bytes.js";
import { yamlPackage } from "./yaml-package.js";

/** What writers of API objects make has no aliases at all; those of a bomb multiply. */
const MOST_ALIASES = 16;

/** Bytes of a document that is parsed: nodes and pods have a tenth of it, and the time that a hostile one costs grows faster than its length. */
export const MOST_BYTES = 128 << 10;

/** YAML that does not parse: where, counted from 1 in its own text, the column in characters. */
export class BrokenYaml extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/**
 * The value of a YAML document, as JSON would have it: times stay texts, and whole numbers that a float64 does not hold become texts of
 * the same digits.
 * @param bytes latin1
 * @throws {BrokenYaml}
 */
export function parseYaml(bytes: string): unknown {
  if (bytes.length > MOST_BYTES) throw new BrokenYaml("too long", 1, 1);
  const document = yamlPackage().parseDocument(textOf(bytes), {
    version: "1.2",
    schema: "core",
    customTags: [],
    merge: false,
    stringKeys: true,
    // Of a key that comes twice the last counts, as in JSON: to look for such takes time that grows with their square.
    uniqueKeys: false,
    intAsBigInt: true,
    // Places are asked for, messages with quotations are not.
    prettyErrors: true,
    logLevel: "silent",
  });
  const [error] = document.errors;
  const place = error?.linePos?.[0];
  if (error) throw new BrokenYaml(error.message, place?.line ?? 1, place?.col ?? 1);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES, reviver: (_, value) => plain(value) });
  } catch (reason) {
    throw new BrokenYaml((reason as Error).message, 1, 1);
  }
}

function plain(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
