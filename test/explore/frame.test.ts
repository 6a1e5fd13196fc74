import { describe, expect, it } from "@jest/globals";
import { frameOf } from "../../src/explore/frame/frame.js";
import { tabsOf } from "../../src/explore/frame/tabs.js";
import { ansi, cutLine, highlight, type Line, span, textOf, widthOf } from "../../src/explore/line.js";
import type { Ladder } from "../../src/report/study.js";
import { golden } from "../report/golden.js";
import { badDns } from "../report/sample-bad-dns.js";
import { hostile, nothingFound, unreadable } from "../report/sample-others.js";
import { sceneOf, studyOf, Visitor } from "./sample.js";

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
  { columns: 40, rows: 10 },
  { columns: 7, rows: 3 },
];
const screen = ({ state, scene }: Visitor): string =>
  frameOf(state, scene)
    .map((line) => textOf(line).trimEnd())
    .join("\n");
/** Everything that can be opened, one after the other. */
const TOUR = [
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "?",
  "q",
  "f",
  "q",
  "1",
  "enter",
  "t",
  "4",
  "enter",
  "t",
  "enter",
  "5",
  "j",
  "j",
  "enter",
];

/** Controls, and what is not seen or turns a line around. */
const ACTS = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;
const NOT_ASCII = /[^\x20-\x7e]/;

const LADDER: Ladder = {
  findingId: "dns-timeout-1",
  hops: ["vethc1 In", "br0 In", "eth0 Out"],
  total: 4,
  packets: [
    {
      time: "2026-11-22T00:52:27.521204000Z",
      label: "A? registry.test",
      source: "eth0.txt",
      line: 3,
      at: ["seen", "seen", "missing"],
      addresses: ["10.0.0.2 → 8.8.8.8", "10.0.0.2 → 8.8.8.8", ""],
      broken: 2,
      outcome: "it never left",
    },
  ],
};

describe("a frame", () => {
  for (const make of [badDns, hostile, nothingFound, unreadable])
    it(`fills the screen and no more, and nothing in it acts on the terminal: ${make.name}`, () => {
      for (const size of SIZES)
        for (const utf8 of [true, false]) {
          const visitor = new Visitor(sceneOf(studyOf(make()), utf8), size);
          for (const key of TOUR) {
            const lines = frameOf(visitor.press(key).state, visitor.scene);
            expect(lines).toHaveLength(size.rows);
            const wrong = lines.filter(
              (line) => widthOf(line) > size.columns || (utf8 ? ACTS : NOT_ASCII).test(textOf(line)),
            );
            expect(wrong).toEqual([]);
          }
        }
    });

  it.each<[string, string[]]>([
    ["story", []],
    ["timeline", ["2", "j"]],
    ["finding", ["enter"]],
    ["record", ["4", "enter"]],
    ["filter", ["f"]],
  ])("reads as agreed at 80 × 24: %s", (name, keys) => {
    const study = { ...studyOf(badDns()), ladders: [LADDER] };
    const text = `${screen(new Visitor(sceneOf(study)).press(...keys))}\n`;
    expect(text).toBe(golden(`explore-${name}.txt`, text));
  });

  it("has the packets' way in its finding, the broken hop marked", () => {
    const study = { ...studyOf(badDns()), ladders: [LADDER] };
    const ladder = (columns: number) => {
      const lines = screen(new Visitor(sceneOf(study), { columns, rows: 80 }).press("enter")).split("\n");
      const at = lines.findIndex((line) => line.includes("THE PACKETS' WAY  1 of 4"));
      return lines.slice(at + 1, lines.indexOf("  ● seen   ◐ translated   ✗ missing   ? not watched"));
    };
    expect(ladder(100)).toEqual([
      "  vethc1 In  br0 In  eth0 Out",
      "  ●────────  ●╌╌╌╌╌  ✗  00:52:27.521204  A? registry.test  10.0.0.2 → 8.8.8.8  it never left",
    ]);
    expect(ladder(60)).toEqual([
      "  vethc1 In  br0 In  eth0 Out",
      "  ●────────  ●╌╌╌╌╌  ✗",
      "    00:52:27.521204  A? registry.test  10.0.0.2 → 8.8.8.8",
      "    it never left",
    ]);
  });

  it("tells of a record that no finding cites what is known: what happened, where and when", () => {
    const shown = screen(new Visitor().press("2", "j", "w", "+", "+", "+", "+", "enter"));
    expect(shown).toContain("dns.lookup  A? registry.test");
    expect(shown).toContain("its text was not kept");
    expect(shown).toMatch(/line +301\n +format +strace\n +time +2026-11-22 00:52:32.500000\n/);
  });

  it("says what is hidden, and where in how much one is", () => {
    const visitor = new Visitor().press("4", "j").type("&POLLIN").press("enter");
    expect(screen(visitor)).toMatch(/ Evidence: 1 of \d+ {2}· {2}filter: with "POLLIN" +1\/1$/m);
  });

  it("shows what somebody types, the end of it where there is no room", () => {
    const visitor = new Visitor().type(`/${"x".repeat(100)}end`);
    expect(screen(visitor).split("\n").at(-2)).toMatch(/^\/…x+end$/);
  });

  it("says in a terminal that is too small that it is", () => {
    expect(screen(new Visitor(undefined, { columns: 30, rows: 9 }))).toContain("40x10 at least");
  });
});

describe("the views' names", () => {
  it("stand whole where there is room, else shortened, and never beyond the screen", () => {
    expect(tabsOf(80).map(({ label }) => label.trim())).toContain("2 Timeline");
    expect(tabsOf(50).map(({ label }) => label.trim())).toContain("2 Tim");
    for (const columns of [40, 79, 80, 200]) expect(tabsOf(columns).at(-1)!.to).toBeLessThanOrEqual(columns);
  });
});

describe("a line", () => {
  const line: Line = [span("alpha ", "red"), span("beta", "bold")];

  it("is cut where there is no room, and says so", () => {
    expect(textOf(cutLine(line, 8, "…"))).toBe("alpha b…");
    expect(cutLine(line, 10, "…")).toBe(line);
    expect(textOf(cutLine([span("漢字漢字")], 5, "…"))).toBe("漢字…");
  });

  it("has its colours left out where there are none, and nothing else", () => {
    expect(ansi(line, true)).toBe("\x1b[31malpha \x1b[39m\x1b[1mbeta\x1b[22m");
    expect(ansi(line, false)).toBe("alpha \x1b[1mbeta\x1b[22m");
  });

  it("has what was searched for stand out", () => {
    const found = highlight([span("Beta beta")], "beta").filter(({ styles }) =>
      styles?.includes("underline"),
    );
    expect(found.map(({ text }) => text)).toEqual(["Beta", "beta"]);
    expect(
      highlight([span("Beta beta")], "Beta").filter(({ styles }) => styles?.includes("underline")),
    ).toHaveLength(1);
  });
});
