import { endpoint } from "../../../grammar/convert/endpoint.js";
import { url } from "../../../grammar/convert/url.js";
import * as helpers from "../../../grammar/helpers.js";
import type { SlotOutline } from "../../../grammar/outline.js";
import { markOf } from "../../../grammar/track/program.js";
import type { FieldValue } from "../../../model/event.js";
import type { StampForm } from "../../../scan/stamps.js";
import type { LayerTrack } from "./layers.js";

/** Where all records of a track have a value from. */
export type ValueSource =
  | { readonly kind: "constant"; readonly value: FieldValue }
  /** The text between two marks. */
  | { readonly kind: "text"; readonly mark: number }
  /** The decimal number there. */
  | { readonly kind: "number"; readonly mark: number }
  /** The time stamp there, in the usual form of its kind. */
  | { readonly kind: "stamp"; readonly form: StampForm; readonly mark: number }
  /** What is made of the text there; `ofOrigin`: only what stands before a URL's path has a say. */
  | {
      readonly kind: "made";
      readonly mark: number;
      readonly ofOrigin: boolean;
      readonly make: (text: string) => FieldValue | undefined;
    };

type Converter = (bytes: string) => FieldValue | undefined;

const PARTS = {
  url: ["original", "scheme", "domain", "port", "path"],
  endpoint: ["ip", "address", "port"],
} as const;

/** Parts of a URL that its path has no say in. */
const OF_ORIGIN: ReadonlySet<string> = new Set(["scheme", "domain", "port"]);

/**
 * Where the fields come from that one layer gives, in the order in which its decoder names them: those that all texts of the track have.
 *
 * @param isMessage the layer is the innermost: what it calls `message` is handed on to nobody
 */
export function valuesOf({ outline, groups }: LayerTrack, isMessage: boolean): Map<string, ValueSource> {
  const fields = new Map<string, SlotOutline | undefined>();
  const copies: [name: string, of: string][] = [];
  const values = new Map<string, ValueSource | undefined>();
  const isTaken = (group: number) => group <= 0 || groups.has(group);
  for (const slot of outline) {
    const [field, group, kind] = slot;
    for (const [name, source] of namedBy(slot, groups, isMessage)) {
      if (!fields.has(name)) fields.set(name, undefined);
      if (!isTaken(group) || fields.get(name)) continue;
      fields.set(name, slot);
      if (kind === "copy") copies.push([name, slot[3]]);
      else values.set(name, source);
    }
    if (!fields.has(field) && kind === "copy") fields.set(field, undefined);
  }
  const found = new Map<string, ValueSource>();
  for (const name of fields.keys()) {
    const source = sourceOf(name, values, copies, 0);
    if (source) found.set(name, source);
  }
  return found;
}

/** More copies of copies than there are fields go in a circle, and give nothing. */
const MOST_COPIES = 16;

function sourceOf(
  name: string,
  values: ReadonlyMap<string, ValueSource | undefined>,
  copies: readonly (readonly [name: string, of: string])[],
  depth: number,
): ValueSource | undefined {
  const copy = copies.find(([to]) => to === name);
  if (!copy) return values.get(name);
  return depth > MOST_COPIES ? undefined : sourceOf(copy[1], values, copies, depth + 1);
}

/** The fields that a slot names, and where their values come from where its group matches. */
function* namedBy(
  [field, group, kind, value]: SlotOutline,
  groups: ReadonlyMap<number, number>,
  isMessage: boolean,
): Generator<[name: string, source: ValueSource | undefined]> {
  if (kind === "copy") return yield [field, undefined];
  if (kind === "constant") return yield [field, { kind, value: value as FieldValue }];
  const number = groups.get(Math.abs(group));
  const mark = number === undefined ? -1 : markOf(number);
  if (kind === "url" || kind === "endpoint") {
    const read: (bytes: string) => object = kind === "url" ? url : endpoint;
    for (const part of PARTS[kind])
      yield [
        `${field}.${part}`,
        kind === "url" && part === "original"
          ? { kind: "text", mark }
          : {
              kind: "made",
              mark,
              ofOrigin: kind === "url" && OF_ORIGIN.has(part),
              make: (text) => (read(text) as Record<string, FieldValue | undefined>)[part],
            },
      ];
    return;
  }
  const isHandedOn = !isMessage && field === "message";
  const convert = (helpers as Record<string, unknown>)[kind] as Converter | undefined;
  const isText = kind === "text" || kind === "rest" || isHandedOn || convert === undefined;
  if (kind === "int") yield [field, { kind: "number", mark }];
  else
    yield [field, isText ? { kind: "text", mark } : { kind: "made", mark, ofOrigin: false, make: convert }];
  if (field === "@timestamp" && convert === undefined)
    yield ["@timestamp.kind", { kind: "constant", value: kind }];
}
