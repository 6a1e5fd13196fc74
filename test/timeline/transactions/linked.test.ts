import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Link, Linked } from "../../../src/timeline/transactions/linked.js";

interface Numbered extends Link<Numbered> {
  readonly number: number;
}

const numbersIn = (list: Linked<Numbered>) => [...list].map(({ number }) => number);

describe("a linked list", () => {
  it("keeps what was not taken out in the order in which it came, as a Set does", () => {
    const step = fc.record({ takes: fc.boolean(), place: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const list = new Linked<Numbered>();
        const set = new Set<Numbered>();
        for (const [number, { takes, place }] of steps.entries()) {
          if (takes && set.size > 0) {
            const one = [...set][place % set.size]!;
            set.delete(one);
            list.remove(one);
          } else {
            const one = { number, older: undefined, newer: undefined };
            set.add(one);
            list.add(one);
          }
          expect(numbersIn(list)).toEqual([...set].map((one) => one.number));
          expect(list.size).toBe(set.size);
        }
      }),
      { seed: 7 },
    );
  });

  it("lets what was taken out stand in a list again", () => {
    const list = new Linked<Numbered>();
    const [a, b] = [1, 2].map((number) => ({ number, older: undefined, newer: undefined })) as [
      Numbered,
      Numbered,
    ];
    list.add(a);
    list.add(b);
    list.remove(a);
    list.add(a);
    expect(numbersIn(list)).toEqual([2, 1]);
  });
});
