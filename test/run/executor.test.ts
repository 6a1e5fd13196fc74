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
