import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { frameOf } from "../../src/explore/frame/frame.js";
import { paneOf } from "../../src/explore/panes/index.js";
import { seesTimeline } from "../../src/explore/state.js";
import { Visitor } from "./sample.js";

describe("whatever somebody does", () => {
  const KEYS = [
    ..."jkhlgGdubw{}+-0zvHLnNfotcex?/&123456q ",
    "enter",
    "escape",
    "tab",
    "pagedown",
    "pageup",
    "backspace",
  ];
  const action = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...KEYS).map((key) => ({ type: "key" as const, key })) },
    fc.record({
      type: fc.constant("mouse" as const),
      button: fc.constantFrom("left" as const, "wheel-up" as const, "wheel-down" as const),
      column: fc.nat(130),
      row: fc.nat(50),
    }),
    fc.record({
      type: fc.constant("resize" as const),
      size: fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) }),
    }),
  );

  it("the chosen row is there and is seen, and the timeline's window is a stretch of time", () => {
    const { scene } = new Visitor();
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { state } = new Visitor(scene).do(...actions);
        expect(state.stack.length).toBeGreaterThan(0);
        expect(state.timeline.window.per).toBeGreaterThan(0);
        expect(Number.isFinite(state.timeline.window.from + state.timeline.at)).toBe(true);
        if (seesTimeline(state) && !state.overlay) return;
        const { rows } = state.size;
        const chosen = frameOf(state, scene)
          .slice(1, rows - 2)
          .filter((line) => line.length > 0 && line.every(({ styles }) => styles?.includes("inverse")));
        const { rows: all } = paneOf(scene, state);
        if (state.size.columns >= 40 && rows >= 10) expect(chosen).toHaveLength(Math.min(1, all.length));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
