import { describe, expect, it } from "@jest/globals";
import { heightOf, placeIn } from "../../src/explore/keys/move.js";
import { viewOf } from "../../src/explore/keys/open.js";
import { textOf } from "../../src/explore/line.js";
import { paneOf } from "../../src/explore/panes/index.js";
import { topOf } from "../../src/explore/state.js";
import { VIEWS } from "../../src/explore/target.js";
import { Visitor } from "./sample.js";

const place = ({ state, scene }: Visitor) => placeIn(state, paneOf(scene, state));
const cursor = (visitor: Visitor) => place(visitor).cursor;
const chosenText = (visitor: Visitor) =>
  textOf(paneOf(visitor.scene, visitor.state).rows[cursor(visitor)]!.line).trim();

describe("views", () => {
  it("begin with the story, and have the keys 1 to 6", () => {
    const visitor = new Visitor();
    expect(viewOf(visitor.state)).toBe("story");
    expect([..."123456"].map((key) => viewOf(visitor.press(key).state))).toEqual([...VIEWS]);
  });

  it("follow each other with Tab and Shift-Tab, round and round", () => {
    const visitor = new Visitor();
    expect(viewOf(visitor.press("tab").state)).toBe("timeline");
    expect(viewOf(visitor.press("shift-tab", "shift-tab").state)).toBe("missing");
    expect(viewOf(visitor.press("tab").state)).toBe("story");
  });

  it("open a finding from the story, a record from the finding, and go back the same way", () => {
    const visitor = new Visitor().press("enter");
    expect(topOf(visitor.state)).toEqual({ kind: "finding", id: "dns-timeout-1" });
    visitor.type("/EVIDENCE").press("enter", "j", "enter");
    expect(topOf(visitor.state)).toEqual({ kind: "record", source: "client.strace", line: 104 });
    expect(topOf(visitor.press("escape").state)).toEqual({ kind: "finding", id: "dns-timeout-1" });
    expect(chosenText(visitor)).toContain("client.strace:104");
    expect(topOf(visitor.press("backspace").state)).toEqual({ kind: "view", view: "story" });
    expect(visitor.press("escape").state.over).toBe(false);
  });

  it("q closes what was opened, and quits from a view; Q and Ctrl-C quit at once", () => {
    const visitor = new Visitor().press("enter", "q");
    expect(visitor.state.over).toBe(false);
    expect(visitor.press("q").state.over).toBe(true);
    expect(new Visitor().press("enter", "Q").state.over).toBe(true);
    expect(new Visitor().press("/", "ctrl-c").state.over).toBe(true);
  });

  it("? lays the keys over everything, and takes them off again", () => {
    const visitor = new Visitor().press("?");
    expect(chosenText(visitor)).toBe("EVERYWHERE");
    expect(visitor.press("?").state.overlay).toBeUndefined();
    expect(visitor.press("?", "q").state).toMatchObject({ overlay: undefined, over: false });
  });
});

describe("moving in lists and texts", () => {
  it("line by line, to both ends, and not beyond them", () => {
    const visitor = new Visitor().press("4");
    const last = paneOf(visitor.scene, visitor.state).rows.length - 1;
    expect(cursor(visitor.press("k"))).toBe(0);
    expect(cursor(visitor.press("j", "down"))).toBe(2);
    expect(cursor(visitor.press("G"))).toBe(last);
    expect(cursor(visitor.press("j"))).toBe(last);
    expect(cursor(visitor.press("home"))).toBe(0);
  });

  it("screen by screen, so that what was last is seen no more", () => {
    const visitor = new Visitor().press("pagedown");
    expect(place(visitor)).toEqual({ cursor: heightOf(visitor.state), top: expect.any(Number) });
    expect(place(visitor).top).toBeGreaterThan(0);
    expect(place(visitor.press("pageup"))).toEqual({ cursor: 0, top: 0 });
  });

  it("} goes from part to part and from step to step", () => {
    const visitor = new Visitor().press("}");
    expect(chosenText(visitor)).toContain("WHAT HAPPENED");
    expect(chosenText(visitor.press("}"))).toMatch(/^1\. 00:52:27/);
    expect(chosenText(visitor.press("}"))).toMatch(/^2\. 00:52:32/);
    expect(chosenText(visitor.press("{"))).toMatch(/^1\. 00:52:27/);
  });

  it("comes back to where one was", () => {
    const visitor = new Visitor().press("4", "j", "j", "1", "4");
    expect(cursor(visitor)).toBe(2);
  });
});

describe("searching", () => {
  it("goes to the next match, n to the one after, N back, round and round", () => {
    const visitor = new Visitor().press("4").type("/registry").press("enter");
    const first = cursor(visitor);
    expect(chosenText(visitor)).toContain("journal.txt:12");
    expect(cursor(visitor.press("n"))).toBeGreaterThan(first);
    expect(cursor(visitor.press("N"))).toBe(first);
    expect(visitor.press("N").state.notice).toBe("search began anew");
  });

  it("looks into whole records, not only into what there is room for", () => {
    const visitor = new Visitor().press("4").type("/msg_controllen").press("enter");
    expect(chosenText(visitor)).not.toContain("msg_controllen");
    expect(chosenText(visitor)).toContain("client.strace:104");
  });

  it("minds capitals only where there are any", () => {
    const visitor = new Visitor().press("4").type("/V2 REGISTRY").press("enter");
    expect(visitor.state.notice).toBe("not found here: V2 REGISTRY");
    expect(chosenText(visitor.type("/v2 registry").press("enter"))).toContain("journal.txt:12");
  });

  it("keeps its text for the next time, and can be left", () => {
    const visitor = new Visitor().press("4").type("/404").press("enter");
    const found = cursor(visitor);
    expect(cursor(visitor.press("g").type("/").press("enter"))).toBe(found);
    expect(visitor.type("/x").press("escape").state).toMatchObject({
      prompt: undefined,
      search: { text: "404" },
    });
    expect(visitor.type("/ab").press("backspace", "backspace", "backspace").state.prompt).toBeUndefined();
  });

  it("takes keys that mean something else for letters", () => {
    expect(new Visitor().type("/q1?").state.prompt).toEqual({ what: "search", text: "q1?" });
  });
});

describe("filtering", () => {
  const count = (visitor: Visitor) => paneOf(visitor.scene, visitor.state).rows.length;

  it("by severity: what is less grave is gone, and the view says so", () => {
    const visitor = new Visitor().press("3");
    const all = count(visitor);
    visitor.press("f").type("/high").press("enter", " ", "q");
    expect(visitor.state.filter.severity).toBe("high");
    expect(count(visitor)).toBeLessThan(all);
    expect(paneOf(visitor.scene, visitor.state).title).toBe(`Findings: ${count(visitor)} of ${all}`);
  });

  it("by source: one hidden, or only one shown", () => {
    const visitor = new Visitor().press("4");
    const all = count(visitor);
    visitor.press("f").type("/journal").press("enter", " ", "q");
    expect(count(visitor)).toBe(all - 3);
    visitor.press("f").type("/journal").press("enter", "o", "q");
    expect(count(visitor)).toBe(3);
    expect(count(visitor.press("c"))).toBe(all);
  });

  it("keeps the cursor on a row that is there", () => {
    const visitor = new Visitor().press("4", "G").type("&POLLIN").press("enter");
    expect(cursor(visitor)).toBe(0);
    expect(topOf(visitor.press("enter").state)).toMatchObject({ kind: "record", line: 105 });
  });

  it("by action, and by a text that records hold", () => {
    const visitor = new Visitor().press("4", "f").type("/http.access").press("enter", "o", "q");
    expect(count(visitor)).toBe(1);
    visitor.press("c").type("&POLLIN").press("enter");
    expect(count(visitor)).toBe(1);
    expect(chosenText(visitor)).toContain("client.strace:105");
  });
});

describe("writing the report", () => {
  it("asks for a name, and gives it to whoever can write", () => {
    const visitor = new Visitor().press("e");
    expect(visitor.state.prompt).toEqual({ what: "save", text: "report.html" });
    expect(visitor.press("ctrl-u").type("a.md").press("enter").state.save).toBe("a.md");
    visitor.do({ type: "told", notice: "a.md: written" });
    expect(visitor.state).toMatchObject({ notice: "a.md: written", save: undefined });
  });

  it("writes the same file again when asked again", () => {
    const visitor = new Visitor().press("e", "enter").do({ type: "told", notice: "there is one" });
    expect(visitor.press("e", "enter").state.save).toBe("report.html");
  });
});
