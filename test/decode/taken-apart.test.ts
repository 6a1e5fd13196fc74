import { describe, expect, it } from "@jest/globals";
import { adapt } from "../../src/decode/adapters.js";
import { madeOf } from "../../src/decode/taken-apart.js";
import { grammars } from "../../src/grammar/generated.js";
import type { Event } from "../../src/model/event.js";

/** All kinds of record that grammars name. */
const ACTIONS = [...new Set(grammars.flatMap(({ shapes }) => shapes.map(({ event }) => event)))];
const TAKEN = ACTIONS.filter((action) => madeOf(action) !== undefined);

/** The kinds of event that come out where a record of this kind goes in. */
function comingOut(action: string): string[] {
  const out: Event[] = [];
  const adapter = adapt({ path: "a.txt", emit: (event) => out.push(event) });
  const place = { source: 0, line: 1, offset: 0, length: 1, time: 0, ns: 0, latest: 0 };
  adapter.push({ ...place, action, category: "any", fields: {} });
  adapter.end();
  return out.map((event) => event.action);
}

describe("records that are taken apart", () => {
  it.each(TAKEN)("never come out themselves: %s", (action) => {
    expect(comingOut(action)).not.toContain(action);
  });

  it("are all of those that tcpdump's and strace's grammars name, but for what the tools say of themselves", () => {
    const named = ACTIONS.filter((action) =>
      /^packet\.|^process\.(?:syscall|signal|exit|attached|detached)$/.test(action),
    );
    expect(TAKEN).toEqual(expect.arrayContaining(named));
  });

  it("are no others: what somebody may ask for is handed on", () => {
    for (const action of ["capture.marker", "kernel.oom_kill", "log.lost", "container.lifecycle"]) {
      expect(madeOf(action)).toBeUndefined();
      expect(comingOut(action)).toEqual([action]);
    }
    expect(madeOf("toString")).toBeUndefined();
  });
});
