import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Stretch } from "../../src/decode/segment.js";
import { Executor, type Pool } from "../../src/run/executor.js";
import { ReadAhead, Segments } from "../../src/run/segments.js";

/** Records are words that end with a full stop; blanks after it belong to the record. */
interface Words {
  begin: number;
  end: number;
  partial?: true;
  words: string[];
}

interface Job {
  stretch: Stretch;
  sure: boolean;
}

/** Supposes that a record begins behind any blank: wrong where words have blanks inside. */
function readWords(text: string, { stretch: { from, to }, sure }: Job, enough = text.length): Words {
  let at = from;
  if (!sure) while (at < text.length && text[at - 1] !== " ") at++;
  const read: Words = { begin: at, end: at, words: [] };
  while (at < to && at < text.length) {
    if (read.words.length === enough) return { ...read, end: at, partial: true };
    const stop = text.indexOf(".", at);
    let end = stop < 0 ? text.length : stop + 1;
    while (text[end] === " ") end++;
    read.words.push(text.slice(at, end));
    at = end;
  }
  read.end = at;
  return read;
}

/** Does jobs some turns later, the last one first: results come in any order but that of asking. */
function slowPool(slots: number, run: (job: Job) => Words): Pool<Job, Words> {
  let turns = slots;
  return {
    slots,
    run: async (job) => {
      for (let i = (turns = (turns + slots - 1) % (slots + 1)); i > 0; i--)
        await new Promise((resolve) => setImmediate(resolve));
      return run(job);
    },
    close: async () => {},
  };
}

/** @param enough so many words at a time are read of what is used at once */
async function wordsOf(text: string, stretchBytes: number, slots: number, budget = 1 << 30, enough = 2) {
  const jobs: Job[] = [];
  const read = (job: Job, now: boolean) => {
    jobs.push(job);
    return readWords(text, job, now ? enough : undefined);
  };
  const executor = new Executor(read, slots > 0 ? slowPool(slots, (job) => read(job, false)) : undefined);
  const ahead = new ReadAhead(budget);
  const words: string[] = [];
  const segments = new Segments<Job, Words>({
    executor,
    start: { at: 0 },
    size: text.length,
    stretchBytes,
    job: (stretch, sure) => ({ stretch, sure }),
    ahead,
    weigh: () => 1 << 20,
  });
  for await (const segment of segments) words.push(...segment.words);
  return { words, jobs, ahead };
}

const TEXT = "one. two. three and more. four.   five with a very long tail that fills stretches. six. seven";
const WORDS = readWords(TEXT, { stretch: { from: 0, to: TEXT.length }, sure: true }).words;

describe("reading a file in stretches", () => {
  it.each([0, 1, 2, 7])("gives each record once and in order, with %d threads beside", async (slots) => {
    for (let stretch = 1; stretch <= TEXT.length + 1; stretch++)
      expect((await wordsOf(TEXT, stretch, slots)).words).toEqual(WORDS);
  });

  it("gives what one reading from beginning to end gives, for any text and any cut", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", " ", "."), maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 4 }),
        async (t, size, slots) => {
          const whole = readWords(t, { stretch: { from: 0, to: t.length }, sure: true }).words;
          expect((await wordsOf(t, size, slots)).words).toEqual(whole);
        },
      ),
      { seed: 4711, numRuns: 300 },
    );
  });

  it("reads one stretch at a time when there is no room for what lies ready", async () => {
    const { words, ahead } = await wordsOf(TEXT, 8, 3, 0);
    expect(words).toEqual(WORDS);
    expect(ahead.hasRoom(0)).toBe(true);
  });

  it("stops supposing where it fails too often", async () => {
    const text = "a b c d e f g h. ".repeat(200);
    const { jobs } = await wordsOf(text, 12, 2);
    const unsure = jobs.filter(({ sure }) => !sure).length;
    expect(unsure).toBeGreaterThan(0);
    expect(unsure).toBeLessThan(jobs.length / 3);
  });

  it("reads what is used at once in parts", async () => {
    const { words, jobs } = await wordsOf(TEXT, TEXT.length, 0, 0, 1);
    expect(words).toEqual(WORDS);
    expect(jobs.length).toBe(WORDS.length);
    expect(jobs.every(({ sure }) => sure)).toBe(true);
  });

  it("knows where records begin when it reads alone", async () => {
    expect((await wordsOf(TEXT, 8, 0)).jobs.every(({ sure }) => sure)).toBe(true);
  });
});

describe("an executor", () => {
  it("does a job itself when its thread fails", async () => {
    const pool: Pool<number, number> = {
      slots: 1,
      run: async () => {
        throw new Error("out of memory");
      },
      close: async () => {},
    };
    const executor = new Executor((n: number) => n * 2, pool);
    const tickets = [1, 2, 3, 4, 21].map((n) => executor.submit(n));
    expect(tickets[4]!.state).toBe("sent");
    expect(await executor.take(tickets[4]!)).toBe(42);
  });

  it("throws what is wrong with a job to whoever takes its result", async () => {
    const executor = new Executor<number, number>(() => {
      throw new Error("no such file");
    });
    const ticket = executor.submit(1);
    await expect(executor.take(ticket)).rejects.toThrow("no such file");
  });

  it("works itself while the threads are busy", async () => {
    const byPool: number[] = [];
    const byItself: number[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const pool: Pool<number, number> = {
      slots: 1,
      run: async (n) => {
        // It has started: its first job is done at once.
        if (byPool.push(n) > 1) await released;
        return n;
      },
      close: async () => {},
    };
    const here = (n: number) => {
      if (byItself.push(n) === 2) release();
      return n;
    };
    const executor = new Executor(here, pool);
    const tickets = [1, 2, 3, 4, 5].map((n) => executor.submit(n));
    expect(await executor.take(tickets[4]!)).toBe(5);
    expect(byPool).toEqual([5, 1]);
    expect(await executor.take(tickets[0]!)).toBe(1);
    expect(byItself).toEqual([2, 3]);
  });
});
