import { describe, expect, it } from "@jest/globals";
import { topOf } from "../../src/explore/state.js";
import { columnOf } from "../../src/explore/timeline/window.js";
import { MINUTE, Visitor } from "./sample.js";

describe("keys on the timeline", () => {
  const on = () => new Visitor().press("2");

  it("h and l step by columns, and take the window along at its ends", () => {
    const visitor = on();
    const { at, window } = visitor.state.timeline;
    expect(visitor.press("l").state.timeline.at).toBeCloseTo(at + window.per, -6);
    for (let i = 0; i < 80; i++) visitor.press("l");
    const { timeline } = visitor.state;
    expect(columnOf(timeline.window, timeline.at)).toBeLessThan(63);
  });

  it("+ and - keep the cursor in its column; 0 shows everything", () => {
    const visitor = on();
    const { window, at } = visitor.state.timeline;
    visitor.press("+", "+", "+");
    expect(visitor.state.timeline.window.per).toBeCloseTo(window.per / 8);
    expect(columnOf(visitor.state.timeline.window, at)).toBe(columnOf(window, at));
    expect(visitor.press("0").state.timeline.window.per).toBeGreaterThan(window.per * 0.9);
  });

  it("j and k choose lanes, w and b the events in them", () => {
    const visitor = on().press("j");
    expect(visitor.state.timeline.lane).toBe("source client.strace");
    const times = ["g", "w", "w", "b"].map((key) => visitor.press(key).state.timeline.at);
    expect(times).toEqual([0, 27_400_000, 32_500_000, 27_400_000]);
    expect(visitor.press("G", "w").state.notice).toBe("nothing later in this lane");
  });

  it("Enter opens the one thing under the cursor, or a list of all", () => {
    const visitor = on().press("enter");
    expect(topOf(visitor.state)).toEqual({ kind: "finding", id: "dns-timeout-1" });
    visitor.press("q", "j", "enter");
    expect(topOf(visitor.state)).toMatchObject({ kind: "moment", lane: "source client.strace" });
    expect(visitor.press("}", "enter").state.stack).toHaveLength(3);
  });

  it("z frames what lies under the cursor", () => {
    const { window } = on().press("j", "w", "b", "z").state.timeline;
    expect(window.per * 63).toBeLessThan(MINUTE / 2);
  });

  it("v tells lanes by what they are about", () => {
    const visitor = on().press("v");
    expect(visitor.state.timeline.by).toBe("resolver");
    expect(visitor.press("j").state.timeline.lane).toBe("resolver 10.0.0.2");
    expect(visitor.press("v").state.timeline.by).toBe("source");
  });

  it("t frames a finding on it, and Esc leads back", () => {
    const visitor = new Visitor().press("3", "t");
    expect(topOf(visitor.state)).toEqual({ kind: "view", view: "timeline" });
    const { window, at } = visitor.state.timeline;
    expect(columnOf(window, at)).toBeGreaterThanOrEqual(0);
    expect(window.per * 63).toBeLessThan(20_000_000);
    expect(topOf(visitor.press("escape").state)).toEqual({ kind: "view", view: "findings" });
  });

  it("a search goes from event to event in order of time, from lane to lane", () => {
    const visitor = on().press("g").type("/docker.moscow").press("enter");
    const places = [
      visitor.state.timeline,
      visitor.press("n").state.timeline,
      visitor.press("n").state.timeline,
    ];
    expect(places.map(({ lane: key }) => key)).toEqual([
      "source client.strace",
      "source eth0.txt",
      "source eth0.txt",
    ]);
    expect(places.map(({ at }) => at)).toEqual([27_400_000, 27_521_204, 29_221_204]);
    expect(visitor.press("N").state.timeline.at).toBe(27_521_204);
  });
});
