import type { FieldValue } from "../model/event.js";
import type { CaptureType } from "./ir/capture-type.js";

/**
 * Where a field gets its value: its name; the group that must have matched, or the negative number of one that is in every match; and
 * what is made of that group's text, the field whose value it shares, or the value itself.
 */
export type SlotOutline =
  | readonly [field: string, group: number, type: CaptureType]
  | readonly [field: string, group: number, kind: "copy", of: string]
  | readonly [field: string, group: number, kind: "constant", value: FieldValue];

/** What decoders do, by their place among the functions: most are never asked for, and stay text. */
export class Outlines {
  private lines: string[] | undefined;

  /** @param text a line of JSON for each function */
  constructor(private readonly text: string) {}

  /** @returns `undefined` for a function that is no decoder */
  of(place: number): readonly SlotOutline[] | undefined {
    const line = (this.lines ??= this.text.split("\n"))[place];
    return line ? JSON.parse(line) : undefined;
  }
}
