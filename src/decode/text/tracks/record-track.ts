import { isDeepStrictEqual } from "node:util";
import type { Fields, FieldValue } from "../../../model/event.js";
import { STAMP_FORMS } from "../../../scan/stamps.js";
import { isText, numberIn, originEnd } from "../../../scan/track-values.js";
import { From } from "../../../scan/tracks.js";
import type { RecordKind } from "../columns.js";
import type { ValueSource } from "./values.js";

/** Makes a value of a text, and knows it again: most records of a kind have in common what is made. */
class Maker {
  value: FieldValue | undefined;
  private last: Buffer | undefined;

  constructor(private readonly source: ValueSource & { kind: "made" }) {}

  /** @returns whether the text in bytes[from, to) gives a value */
  take(bytes: Buffer, from: number, to: number): boolean {
    const { ofOrigin, make } = this.source;
    // What stands behind the slash makes no difference; that there is one does.
    const text = bytes.subarray(from, ofOrigin ? originEnd(bytes, from, to) : to);
    if (!this.last?.equals(text)) {
      this.value = make(text.toString("latin1"));
      this.last = Buffer.from(text);
    }
    return this.value !== undefined;
  }
}

/**
 * Records that are read alike: by what they are known, and where their values stand. The values are, as columns have
 * them: the stamp, then the fields.
 */
export class RecordTrack {
  /** The values of the record in hand that are made, and those that all records have, by their place. */
  readonly made: (FieldValue | undefined)[];
  private readonly makers: readonly (Maker | undefined)[];

  /** @param id its number among the tracks of its format */
  constructor(
    readonly id: number,
    readonly kind: RecordKind,
    readonly sources: readonly ValueSource[],
  ) {
    this.made = sources.map((source) => (source.kind === "constant" ? source.value : undefined));
    this.makers = sources.map((source) => (source.kind === "made" ? new Maker(source) : undefined));
  }

  /** The same for whoever follows lines. */
  get from(): (readonly [from: From, mark: number])[] {
    return this.sources.map((source) => {
      if (source.kind === "constant") return [From.NOTHING, 0];
      if (source.kind === "text") return [From.TEXT, source.mark];
      if (source.kind === "number") return [From.NUMBER, source.mark];
      if (source.kind === "stamp") return [STAMP_FORMS[source.form], source.mark];
      return [source.ofOrigin ? From.MADE_OF_ORIGIN : From.MADE, source.mark];
    });
  }

  /** Are these fields just what the track tells of a record? What its maker found of it otherwise is held against it. */
  gives(fields: Fields, bytes: Buffer, marks: Int32Array): boolean {
    const { names } = this.kind.told[0]!;
    const present = Object.keys(fields).filter((name) => fields[name] !== undefined);
    return (
      this.make(bytes, marks) &&
      present.length === names.length &&
      names.every((name, i) => isDeepStrictEqual(this.valueOf(i + 1, bytes, marks), fields[name]))
    );
  }

  /** Makes the values of a record that must be made. @returns false: not all of them have one */
  make(bytes: Buffer, marks: Int32Array): boolean {
    const { sources, makers, made } = this;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (source.kind !== "made") continue;
      const maker = makers[i]!;
      if (!maker.take(bytes, marks[source.mark]!, marks[source.mark + 1]!)) return false;
      made[i] = maker.value;
    }
    return true;
  }

  private valueOf(i: number, bytes: Buffer, marks: Int32Array): FieldValue | undefined {
    const source = this.sources[i]!;
    if (source.kind === "constant" || source.kind === "made") return this.made[i];
    const from = marks[source.mark]!;
    const to = marks[source.mark + 1]!;
    if (source.kind === "number") return numberIn(bytes, from, to);
    return isText(bytes, from, to) ? bytes.toString("latin1", from, to) : undefined;
  }
}
