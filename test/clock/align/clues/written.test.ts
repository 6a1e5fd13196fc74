import { describe, expect, it } from "@jest/globals";
import type { LookedAt } from "../../../../src/clock/align/clue.js";
import { logLines } from "../../../../src/clock/align/clues/log-lines.js";
import { writtenLines } from "../../../../src/clock/align/clues/written.js";
import type { Fields } from "../../../../src/model/event.js";
import { type Line, type Said, taken } from "./told.js";
import { by } from "./wire.js";

const STAMP = "2026-11-22T03:52:32.525263649Z";
/** As much of it as strace shows of 32 bytes. */
const SHOWN = "2026-11-22T03:52:32.525263";

const written = (at: number, fields: Fields = {}): Said => ({
  at,
  action: "log.written",
  fields: { "strace.call": "write", "log.stamp": STAMP, ...fields },
});
const line = (at: number, stamp: string): Said => ({
  at,
  action: "log.line",
  fields: { "@timestamp": stamp, "@timestamp.kind": "rfc3339", message: "Calling GET /v2/" },
});

const trace = (at: Partial<LookedAt>, ...said: Said[]) =>
  taken(writtenLines, { format: "strace", ...at }, said);
const log = (...said: Said[]) => taken(logLines, {}, said);
/** What the last record tells by its whole stamp. */
const last = (lines: readonly Line[]) => lines.filter(([key]) => key.startsWith("log 2026")).at(-1);

/** Both sides of the windows of the keys that two sources share: [from, to] of one and of the other. */
const shared = (one: readonly Line[], other: readonly Line[]) =>
  one.flatMap(([key, lo, hi]) =>
    other.filter(([theirs]) => theirs === key).map(([, from, to]) => [lo, hi, from, to] as const),
  );

describe("a line with a stamp that a traced process wrote", () => {
  it("was stamped before the call that wrote it", () => {
    expect(last(trace({}, written(1)))).toEqual([`log ${STAMP}`, Number.NEGATIVE_INFINITY, by(1)]);
  });

  it("was stamped after the line before, where one thread writes both", () => {
    const after = { "log.after": 1_795_319_550.5e6, "log.after_line": 3 };
    expect(last(trace({}, written(1, after)))).toEqual([`log ${STAMP}`, 0.5, by(1)]);
    const lines = [written(0), written(0), written(0), written(0, after)];
    expect(last(trace({ unstamped: true }, ...lines))).toEqual([`log ${STAMP}`, 3, 4]);
  });

  it("lies against the log on both sides also when the trace cut its stamp", () => {
    const cut = trace({}, written(1, { "log.stamp": SHOWN, "log.after": 1_795_319_550.5e6 }));
    const known = shared(cut, log(line(0.9, STAMP)));
    expect(known).toEqual([
      [0.5, by(1), 0.9, Number.POSITIVE_INFINITY],
      [0.5, by(1), Number.NEGATIVE_INFINITY, by(0.9)],
    ]);
  });
});

it("two logs say nothing of each other by lines of one microsecond", () => {
  const known = shared(log(line(1, STAMP)), log(line(7, STAMP.replace("649Z", "650Z"))));
  expect(known).toHaveLength(2);
  for (const [lo, , from] of known) expect(Number.isFinite(lo)).toBe(Number.isFinite(from));
});
