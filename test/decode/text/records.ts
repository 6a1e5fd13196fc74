import { readStamp } from "../../../src/clock/stamps.js";
import type { RecordColumns } from "../../../src/decode/text/columns.js";
import { RecordCursor } from "../../../src/decode/text/record-cursor.js";
import type { UntimedRecord } from "../../../src/decode/text/untimed.js";
import type { StampKind } from "../../../src/model/stamp.js";
import type { FixedStamp } from "../../../src/scan/fixed-stamps.js";

/** The records of columns; stamps that were read from bytes have no text. */
export function recordsOf(columns: RecordColumns): UntimedRecord[] {
  const cursor = new RecordCursor(columns);
  const records: UntimedRecord[] = [];
  while (cursor.next()) {
    const { line, offset, length, kind, stamp, readStamp } = cursor;
    records.push({
      line,
      offset,
      length,
      stamp: readStamp ? said(kind.stamp, readStamp) : { kind: kind.stamp, text: stamp },
      told: kind.told.map(({ action, category }, i) => ({ action, category, fields: cursor.fields(i) })),
      ...(kind.sample && { sample: true as const }),
    });
  }
  return records;
}

/** The same record, with what its stamp says in place of the stamp's text. */
export const withReadStamp = (record: UntimedRecord): UntimedRecord => {
  const { kind, text } = record.stamp;
  return /\0/.test(text) ? record : { ...record, stamp: said(kind, readStamp(kind, text)) };
};

/** What a stamp says, in place of its text. */
const said = (kind: StampKind, { us, ns, whole }: Partial<FixedStamp>) => ({
  kind,
  text: `\0${us} ${ns}${whole ? " whole" : ""}`,
});
