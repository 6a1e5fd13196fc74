import { describe, expect, it } from "@jest/globals";
import { Executor, type Pool } from "../../src/run/executor.js";

/** Does jobs at the next turn, and remembers which. */
function poolOf(slots: number, done: number[]): Pool<number, string> {
  return {
    slots,
    run: async (job) => {
      done.push(job);
      await new Promise((resolve) => setImmediate(resolve));
      return `${job} there`;
    },
    close: async () => {},
  };
}

describe("a pool that joins later", () => {
  it("takes over what waits in line and what comes, and is asked for nothing before", async () => {
    const sent: number[] = [];
    const executor = new Executor<number, string>((job) => `${job} here`);
    expect(executor.width).toBe(0);
    const [first, second, third] = [1, 2, 3].map((job) => executor.submit(job));
    expect(await executor.take(first!)).toBe("1 here");
    executor.join(poolOf(2, sent));
    expect(executor.width).toBe(4);
    expect(sent).toEqual([2, 3]);
    const fourth = executor.submit(4);
    expect(await executor.take(second!)).toBe("2 there");
    expect(await executor.take(third!)).toBe("3 there");
    expect(await executor.take(fourth)).toMatch(/^4 (here|there)$/);
  });

  it("can join although the calling thread never waits, once it is expected", async () => {
    const executor = new Executor<number, string>((job) => `${job} here`);
    setImmediate(() => executor.join(poolOf(2, [])));
    await executor.take(executor.submit(1));
    expect(executor.width).toBe(0);
    executor.expect();
    await executor.take(executor.submit(2));
    expect(executor.width).toBe(4);
  });
});

describe("a pool that is busy", () => {
  it("gets further jobs when it is done, though the calling thread finds enough to do by itself", async () => {
    const sent: number[] = [];
    const executor = new Executor<number, string>((job) => `${job} here`, poolOf(1, sent));
    const tickets = [1, 2, 3, 4, 5, 6].map((job) => executor.submit(job));
    expect(sent).toEqual([1]);
    // Nobody waits for the first: all that the calling thread takes is still in line.
    for (const ticket of tickets.slice(1)) await executor.take(ticket);
    expect(sent.length).toBeGreaterThan(1);
    expect(await executor.take(tickets[0]!)).toBe("1 there");
  });
});
