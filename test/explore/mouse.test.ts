import { describe, expect, it } from "@jest/globals";
import { placeIn } from "../../src/explore/keys/move.js";
import { viewOf } from "../../src/explore/keys/open.js";
import { paneOf } from "../../src/explore/panes/index.js";
import { topOf } from "../../src/explore/state.js";
import { Visitor } from "./sample.js";

const place = ({ state, scene }: Visitor) => placeIn(state, paneOf(scene, state));
const cursor = (visitor: Visitor) => place(visitor).cursor;

describe("the mouse", () => {
  const click = (column: number, row: number) => ({ type: "mouse", button: "left", column, row }) as const;
  const wheel = (button: "wheel-up" | "wheel-down", column = 40) =>
    ({ type: "mouse", button, column, row: 5 }) as const;

  it("chooses a row by a click and opens it by another one", () => {
    const visitor = new Visitor().press("4").do(click(10, 3));
    expect(cursor(visitor)).toBe(2);
    expect(topOf(visitor.do(click(10, 3)).state).kind).toBe("record");
  });

  it("chooses a view by its name", () => {
    expect(viewOf(new Visitor().do(click(30, 0)).state)).toBe("findings");
  });

  it("scrolls by the wheel", () => {
    const visitor = new Visitor().do(wheel("wheel-down"));
    expect(place(visitor)).toEqual({ top: 3, cursor: 3 });
    expect(place(visitor.do(wheel("wheel-up")))).toEqual({ top: 0, cursor: 3 });
  });

  it("does nothing below the last row, on the status line and while somebody types", () => {
    const visitor = new Visitor().press("6");
    const before = visitor.state;
    for (const row of [20, 22, 23]) expect(visitor.do(click(5, row)).state).toEqual(before);
    visitor.press("/");
    const typing = visitor.state;
    expect(visitor.do(click(5, 0)).state).toBe(typing);
  });

  it("zooms on the timeline around the pointer", () => {
    const visitor = new Visitor().press("2");
    const { window } = visitor.state.timeline;
    const moment = window.from + (40 - 17 + 0.5) * window.per;
    visitor.do(wheel("wheel-up"));
    const { window: nearer } = visitor.state.timeline;
    expect(nearer.per).toBeCloseTo(window.per / 2);
    expect((moment - nearer.from) / nearer.per).toBeCloseTo(40 - 17 + 0.5);
  });

  it("chooses a lane and a moment on the timeline", () => {
    const visitor = new Visitor().press("2").do(click(2, 6));
    expect(visitor.state.timeline.lane).not.toBe("findings");
    const before = visitor.state.timeline.at;
    visitor.do(click(60, 6));
    expect(visitor.state.timeline.at).toBeGreaterThan(before);
  });
});
