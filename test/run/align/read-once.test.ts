import { describe, expect, it } from "@jest/globals";
import type { ClueKind } from "../../../src/clock/align/clue.js";
import type { Event } from "../../../src/model/event.js";
import type { Looked, Reading } from "../../../src/run/align/looked.js";
import { ReadOnce } from "../../../src/run/align/read-once.js";

const kind = (family: string, ...actions: string[]): ClueKind => ({
  families: [family],
  actions,
  of: () => undefined,
});
const pulls = kind("http.request", "registry.status");
const lines = kind("copied", "log.line");
const SIZE = 1000;

const log = (): Looked =>
  ({ members: [{ kind: "text", file: { bytes: SIZE } }], lapses: [], inParts: false }) as unknown as Looked;
const look = (source: Looked, of: ClueKind, most = SIZE): Reading => ({ source, kinds: [of], most });

/** What was asked of a source, and what was given, look after look. */
async function looked(readings: readonly Reading[]): Promise<{ asked: string[]; given: string[][] }> {
  const once = new ReadOnce(readings);
  const asked: string[] = [];
  const given: string[][] = [];
  for (const reading of readings) {
    const actions = new Set(reading.kinds.flatMap((each) => each.actions));
    const got: string[] = [];
    const read = async function* (wanted: ReadonlySet<string>, all: boolean) {
      asked.push(`${[...wanted].join()}${all ? " of all" : ""}`);
      yield [...wanted].map((action) => ({ action }) as Event);
    };
    for await (const batch of once.events(reading, actions, false, read))
      for (const { action } of batch) if (actions.has(action)) got.push(action);
    given.push(got);
  }
  return { asked, given };
}

describe("logs that are looked at twice", () => {
  it("are read once for both, where others are to come for the second", async () => {
    const [a, b] = [log(), log()];
    const { asked, given } = await looked([look(a, pulls), look(b, pulls), look(a, lines), look(b, lines)]);
    expect(asked).toEqual(["registry.status,log.line of all", "registry.status", "log.line"]);
    expect(given).toEqual([["registry.status"], ["registry.status"], ["log.line"], ["log.line"]]);
  });

  it("are read for what is asked now, where the second look may never come", async () => {
    const [a, b] = [log(), log()];
    const { asked } = await looked([look(a, pulls), look(b, pulls), look(a, lines)]);
    expect(asked).toEqual(["registry.status", "registry.status", "log.line"]);
  });

  it("are read twice where they are not looked at whole", async () => {
    const [a, b] = [log(), log()];
    const { asked } = await looked([look(a, pulls), look(a, lines, SIZE - 1), look(b, lines)]);
    expect(asked).toEqual(["registry.status", "log.line", "log.line"]);
  });
});
