import { describe, expect, it } from "@jest/globals";
import { writtenLines } from "../../../../src/clock/align/clues/written.js";
import type { Fields } from "../../../../src/model/event.js";
import { type Said, taken } from "./told.js";
import { by } from "./wire.js";

const STAMP = "2026-11-22T03:52:32.525263649Z";
const written = (at: number, fields: Fields = {}): Said => ({
  at,
  action: "log.written",
  fields: { "strace.call": "write", "log.stamp": STAMP, ...fields },
});

describe("a line with a stamp that a traced process wrote", () => {
  it("was stamped before the call that wrote it", () => {
    expect(taken(writtenLines, { format: "strace" }, [written(1)])).toEqual([
      [`log ${STAMP}`, Number.NEGATIVE_INFINITY, by(1)],
    ]);
  });

  it("was stamped after the line before, where one thread writes both", () => {
    const after = { "log.after": 1_795_319_550.5e6, "log.after_line": 3 };
    expect(taken(writtenLines, { format: "strace" }, [written(1, after)])).toEqual([
      [`log ${STAMP}`, 0.5, by(1)],
    ]);
    expect(taken(writtenLines, { format: "strace", unstamped: true }, [written(1, after)])).toEqual([]);
    const lines = [written(0), written(0), written(0), written(0, after)];
    expect(taken(writtenLines, { format: "strace", unstamped: true }, lines).at(-1)).toEqual([
      `log ${STAMP}`,
      3,
      4,
    ]);
  });
});
