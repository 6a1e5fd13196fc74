import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ECHO_SPAN, Expiry } from "../../../src/timeline/transactions/registry/expiry.js";
import { newPull, type Pull } from "../../../src/timeline/transactions/registry/pull.js";
import { at } from "../events.js";

const SECOND = 1_000_000;
const IDLE_SPAN = 600 * SECOND;

const pullAt = (time: number): Pull => newPull({ ...at(0, "registry.attempt"), time });

/** What a walk over all open pulls finds to be over. */
const walked = (now: number, open: Iterable<Pull>) =>
  [...open].filter(({ over, last }) => now > last + (over ? ECHO_SPAN : IDLE_SPAN));

function hear(expiry: Expiry, pull: Pull, time: number, ends: boolean): void {
  if (!Number.isNaN(time)) pull.last = time;
  if (ends) pull.over = true;
  expiry.heard(pull);
}

describe("when pulls expire", () => {
  it("is five seconds after the last word of one that has ended", () => {
    const expiry = new Expiry();
    const pull = pullAt(0);
    hear(expiry, pull, 0, true);
    hear(expiry, pull, 2 * SECOND, false);
    expect(expiry.over(7 * SECOND, [pull])).toEqual([]);
    expect(expiry.due).toBe(7 * SECOND);
    expect(expiry.over(7 * SECOND + 1, [pull])).toEqual([pull]);
  });

  it("is sooner when a word comes that is older than the one before", () => {
    const expiry = new Expiry();
    const pull = pullAt(0);
    hear(expiry, pull, 10 * SECOND, true);
    hear(expiry, pull, 8 * SECOND, false);
    expect(expiry.over(13 * SECOND + 1, [pull])).toEqual([pull]);
  });

  it("is never for one without a time", () => {
    const expiry = new Expiry();
    const pull = pullAt(Number.NaN);
    hear(expiry, pull, Number.NaN, true);
    expect(expiry.over(Number.MAX_SAFE_INTEGER, [pull])).toEqual([]);
    expect(expiry.due).toBe(Infinity);
  });

  it("is what a walk over all open ones finds, in the order in which they began", () => {
    const time = fc.oneof(
      { weight: 9, arbitrary: fc.nat(900).map((s) => s * SECOND) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const step = fc.record({
      time,
      begins: fc.boolean(),
      ends: fc.boolean(),
      closes: fc.nat(9),
      place: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const expiry = new Expiry();
        const open = new Set<Pull>();
        const close = (pull: Pull) => {
          open.delete(pull);
          pull.isOpen = false;
        };
        for (const { time, begins, ends, closes, place } of steps) {
          const expected = walked(time, open);
          // Whoever asks does so when it is due, and not before.
          const over = time > expiry.due ? expiry.over(time, open) : [];
          expect(over).toEqual(expected);
          over.forEach(close);
          if (begins || open.size === 0) {
            const pull = pullAt(time);
            open.add(pull);
            hear(expiry, pull, time, false);
          } else {
            const pull = [...open][place % open.size]!;
            if (closes === 0) close(pull);
            else hear(expiry, pull, time, ends);
          }
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
