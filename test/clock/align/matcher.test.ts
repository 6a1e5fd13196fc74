import { describe, expect, test } from "@jest/globals";
import type { Clue } from "../../../src/clock/align/clue.js";
import { align, type CluedClock } from "../../../src/clock/align/matcher.js";
import { clue } from "./match/sightings.js";

const SECOND = 1_000_000;
const OPEN = Number.POSITIVE_INFINITY;
const STAMPED: CluedClock = { unstamped: false };
const UNSTAMPED: CluedClock = { unstamped: true };

/** The same happening in sources 0 and 1, at times in seconds. */
const both = (key: string, a: number, b: number): Clue[] => [clue(0, key, a), clue(1, key, b)];

/** A look-up that was answered at once: `host7` for 7. */
const lookUp = (id: number, a: number, b: number): Clue[] => both(`dns.served ${id} host${id} A`, a, b);

/** A question without an answer, which is sent again under the same id. */
const question = (id: number, a: number, b: number): Clue[] =>
  both(`dns.question.sent ${id} host${id} A`, a, b);

/** A request, which anybody may make again at any time. */
const request = (path: string, a: number, b: number): Clue[] => both(`http.end.sent GET ${path} 200`, a, b);

/** By how much clock 1 is ahead of clock 0, in seconds to the ms; undefined: nothing was concluded. */
function ahead(
  clues: readonly Clue[],
  clocks: readonly CluedClock[] = [STAMPED, STAMPED],
): number | undefined {
  const { solution } = align(clues, clocks, { reference: 0 });
  const [, alignment] = solution.alignments;
  if (alignment!.group === undefined) return undefined;
  const [piece] = alignment!.pieces;
  return Math.round(piece!.offsetAt(piece!.at).best / 1000) / 1000;
}

describe("what proves an offset", () => {
  test("two look-ups with ids that both saw once", () => {
    expect(ahead([...lookUp(1, 10, 13), ...lookUp(2, 20, 23)])).toBe(3);
  });

  test("not one alone: ids have sixteen bits", () => {
    expect(ahead(lookUp(1, 10, 13))).toBeUndefined();
  });

  test("nor question and answer of one look-up", () => {
    const answer = both("dns.answer.got 1 host1 A", 10.5, 13.5);
    expect(ahead([...lookUp(1, 10, 13), ...answer])).toBeUndefined();
  });

  test("one line that has its own stamp in it", () => {
    expect(ahead(both("log 2026-11-22T03:52:32.525263649Z", 10, 13))).toBe(3);
  });

  test("one handshake with both sequence numbers", () => {
    expect(ahead(both("tcp.served 2034732926 2096833712", 10, 13))).toBe(3);
  });

  test("unanswered questions that lie farther apart than they are sent again", () => {
    expect(ahead([...question(1, 10, 13), ...question(2, 20, 23), ...question(3, 40, 43)])).toBe(3);
  });

  test("not those of one capture's end and the next one's beginning: the second may show the second sending", () => {
    expect(ahead([...question(1, 10, 15), ...question(2, 11, 16), ...question(3, 12, 17)])).toBeUndefined();
  });

  test("but those in the middle of a long capture, which would have shown a second sending", () => {
    const before = clue(0, "dns.served 8 other A", -100);
    const after = clue(0, "dns.served 9 other A", 100);
    expect(ahead([before, after, ...question(1, 10, 13), ...question(2, 11, 14)])).toBe(3);
  });
});

describe("requests that may be made again at any time", () => {
  const rhythm = (offset: number) =>
    ["/a", "/b", "/c", "/d", "/e"].flatMap((path, i) => request(path, i * i, i * i + offset));

  test("many of them in one rhythm prove an offset that is not long, compared with the rhythm", () => {
    expect(ahead(rhythm(17))).toBe(17);
  });

  test("not one that is long: the job may have run twice", () => {
    expect(ahead(rhythm(3600))).toBeUndefined();
  });

  test("not when the one clock's date is unknown", () => {
    expect(ahead(rhythm(17), [STAMPED, { unstamped: false, undated: true }])).toBeUndefined();
  });

  test("not a few", () => {
    expect(ahead(rhythm(3).slice(0, 6))).toBeUndefined();
  });

  test("few of them add nothing to look-ups that bound the offset on one side only", () => {
    const after = [1, 2].flatMap((id) => [
      clue(0, `dns.answer.got ${id} host${id} A`, 10 * id, OPEN),
      clue(1, `dns.answer.got ${id} host${id} A`, -OPEN, 10 * id + 3),
    ]);
    const { solution } = align([...after, ...request("/job", 90, 5)], [STAMPED, STAMPED], { reference: 0 });
    const [piece] = solution.alignments[1]!.pieces;
    expect(piece!.offsetAt(15 * SECOND).min).toBe(-OPEN);
  });
});

describe("a key that comes more than once", () => {
  const sure = [...lookUp(1, 10, 13), ...lookUp(2, 90, 93)];

  test("is told by the bounds of the others", () => {
    const again = [...question(3, 30, 33), ...question(3, 35, 38)];
    const { pairs } = align([...sure, ...again], [STAMPED, STAMPED]);
    expect(pairs).toEqual([{ a: 0, b: 1, shared: 3, matched: 3, ambiguous: 0, unproven: false }]);
  });

  test("also where one source missed a sending", () => {
    const again = [...question(3, 30, 33), clue(0, "dns.question.sent 3 host3 A", 35)];
    expect(align([...sure, ...again], [STAMPED, STAMPED]).pairs[0]).toMatchObject({
      matched: 3,
      ambiguous: 0,
    });
  });

  test("is left open where each source missed another sending", () => {
    const key = "dns.question.sent 3 host3 A";
    const again = [clue(0, key, 30), clue(0, key, 35), clue(1, key, 28), clue(1, key, 43)];
    expect(align([...sure, ...again], [STAMPED, STAMPED]).pairs[0]).toMatchObject({
      matched: 2,
      ambiguous: 1,
    });
  });

  test("is taken in turn where nothing else is known and both saw it equally often, in the middle of one of them", () => {
    const around = [clue(0, "dns.served 8 other A", -100), clue(0, "dns.served 9 other A", 100)];
    const again = [1, 2, 3].flatMap((id) => [
      ...question(id, 10 * id, 10 * id + 3),
      ...question(id, 10 * id + 5, 10 * id + 8),
    ]);
    expect(ahead([...around, ...again])).toBe(3);
  });

  test("is not taken in turn where it comes regularly and may have been missed first by one, last by the other", () => {
    const regular = ["/a", "/b", "/c", "/d", "/e"].flatMap((path, i) =>
      [0, 10, 20].flatMap((start) => request(path, start + i, start + i + 10)),
    );
    expect(ahead(regular)).toBeUndefined();
  });
});

describe("what disagrees", () => {
  test("a different sending is not counted, and no contradiction", () => {
    const sure = [1, 2, 3, 4, 5].flatMap((id) => lookUp(id, id * 20, id * 20 + 3));
    const { solution, pairs } = align([...sure, ...question(9, 50, 58)], [STAMPED, STAMPED], {
      reference: 0,
    });
    expect(pairs[0]).toMatchObject({ shared: 6, matched: 5 });
    expect(solution.contradictions).toEqual([]);
    const offset = solution.alignments[1]!.pieces[0]!.offsetAt(60 * SECOND);
    expect(offset.min).toBeLessThanOrEqual(3 * SECOND);
    expect(offset.max).toBeGreaterThanOrEqual(3 * SECOND);
  });

  test("nothing compatible: no alignment, and the contradiction with its records", () => {
    const { solution } = align([...lookUp(1, 10, 13), ...lookUp(2, 20, 29)], [STAMPED, STAMPED]);
    expect(solution.alignments.every(({ group }) => group === undefined)).toBe(true);
    expect(solution.contradictions).toHaveLength(1);
    expect(solution.contradictions[0]!.matches.map(({ aRecord }) => aRecord.line)).toEqual([21, 11]);
  });

  test("as many on either side: nobody can tell", () => {
    const clues = [1, 2, 3, 4].flatMap((id) => lookUp(id, id * 10, id * 10 + (id % 2 === 0 ? 3 : 9)));
    expect(ahead(clues)).toBeUndefined();
  });

  test("from some time on, by all: the clock was stepped", () => {
    const clues = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((id) => lookUp(id, id * 10, id * 10 + (id < 5 ? 3 : 8)));
    const { solution } = align(clues, [STAMPED, STAMPED], { reference: 0 });
    expect(solution.contradictions.map(({ step }) => step?.clock)).toEqual([1]);
    const { pieces } = solution.alignments[1]!;
    expect(Math.round(pieces[0]!.offsetAt(pieces[0]!.at).best / SECOND)).toBe(3);
    expect(Math.round(pieces.at(-1)!.offsetAt(pieces.at(-1)!.at).best / SECOND)).toBe(8);
  });
});

describe("one wrong match", () => {
  test("does not move the bounds, even where it cannot be told from right ones", () => {
    const whole = (id: number, at: number, second: number): Clue[] => [
      clue(0, `dns.question.sent ${id} host${id} A`, at),
      clue(1, `dns.question.sent ${id} host${id} A`, second, second + 0.999999),
    ];
    // In step; the log saw the sending of 40.2 only, the capture the one half a second later.
    const right = [10.1, 20.4, 30.7, 50.3, 60.9].flatMap((at, id) => whole(id, at, Math.floor(at)));
    const { solution } = align([...right, ...whole(9, 41.1, 40)], [STAMPED, STAMPED], { reference: 0 });
    const { min, max } = solution.alignments[1]!.pieces[0]!.offsetAt(40 * SECOND);
    expect(min).toBeLessThanOrEqual(0);
    expect(max).toBeGreaterThanOrEqual(0);
  });
});

describe("sources without stamps", () => {
  const line = (key: string, from: number, to: number): Clue => ({ ...clue(1, key, 0), lo: from, hi: to });
  const names = ["dns.served 1 host1 A", "dns.served 2 host2 A", "dns.served 3 host3 A"];

  test("are placed between what a stamped one saw", () => {
    const clues = names.flatMap((key, i) => [clue(0, key, 10 * (i + 1)), line(key, 4 * i + 1, 4 * i + 2)]);
    const { placed } = align(clues, [STAMPED, UNSTAMPED]).solution.alignments[1]!;
    expect(placed!.interval(3)).toEqual({ earliest: 10 * SECOND, latest: 20 * SECOND });
  });

  test("are not, by requests that may have been made at any time", () => {
    const clues = ["/a", "/b", "/c"].flatMap((path, i) => [
      clue(0, `http.end.sent GET ${path} 200`, i),
      line(`http.end.sent GET ${path} 200`, i + 1, i + 2),
    ]);
    expect(align(clues, [STAMPED, UNSTAMPED]).solution.alignments[1]!.group).toBeUndefined();
  });
});

test("with nothing shared, nothing is changed", () => {
  const { solution, pairs } = align([clue(0, "log a", 1), clue(1, "log b", 2)], [STAMPED, STAMPED]);
  expect(solution.alignments.map(({ group }) => group)).toEqual([undefined, undefined]);
  expect(solution.contradictions).toEqual([]);
  expect(pairs).toEqual([]);
});

test("the order in which clues come makes no difference", () => {
  const clues = [1, 2, 3, 4, 5, 6].flatMap((id) => [
    ...lookUp(id, id * 10, id * 10 + 3),
    ...question(id, id * 10, id * 10 + 3),
  ]);
  const offsets = (of: readonly Clue[]) => {
    const { solution } = align(of, [STAMPED, STAMPED]);
    return solution.alignments.map(({ pieces }) =>
      pieces.map((piece) => [piece.at, piece.offsetAt(piece.at)]),
    );
  };
  expect(offsets([...clues].reverse())).toEqual(offsets(clues));
});

test("windows that are none are passed over", () => {
  const broken = { ...clue(0, "log a", 1), lo: Number.NaN };
  expect(ahead([broken, ...lookUp(1, 10, 13), ...lookUp(2, 20, 23)])).toBe(3);
});
