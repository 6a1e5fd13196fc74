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
    const tickets = [second!, third!, ...[4, 5, 6, 7].map((job) => executor.submit(job))];
    const done = [];
    for (const ticket of tickets) done.push((await executor.take(ticket)).replace(/ (here|there)/, ""));
    expect(done).toEqual(["2", "3", "4", "5", "6", "7"]);
    expect(sent.length).toBeGreaterThan(0);
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

describe("a pool whose threads are starting", () => {
  const submit = (executor: Executor<number, string>, count: number) =>
    Array.from({ length: count }, (_, i) => executor.submit(i + 1));

  it("gets what is wanted last; the calling thread, which need not wait, does what is wanted next", async () => {
    const sent: number[] = [];
    const pool = { ...poolOf(3, sent), run: (job: number) => new Promise<string>(() => sent.push(job)) };
    const executor = new Executor<number, string>((job) => `${job} here`, pool);
    const tickets = submit(executor, 5);
    expect(sent).toEqual([5]);
    expect(await executor.take(tickets[0]!)).toBe("1 here");
    expect(await executor.take(tickets[1]!)).toBe("2 here");
    executor.submit(6);
    expect(sent).toEqual([5, 6]);
  });

  it("is not waited for: the calling thread does what it wants, though that was sent away", async () => {
    let answer = (_: string) => {};
    const run = () => new Promise<string>((resolve) => (answer = resolve));
    const executor = new Executor<number, string>((job) => `${job} here`, { ...poolOf(1, []), run });
    const tickets = submit(executor, 5);
    expect(tickets[4]!.state).toBe("sent");
    expect(await executor.take(tickets[4]!)).toBe("5 here");
    answer("5 there");
    await new Promise((resolve) => setImmediate(resolve));
    expect(await executor.take(tickets[4]!)).toBe("5 here");
  });

  it("gets what is wanted next once it has answered", async () => {
    const sent: number[] = [];
    const executor = new Executor<number, string>((job) => `${job} here`, poolOf(2, sent));
    const tickets = submit(executor, 5);
    expect(await executor.take(tickets[4]!)).toBe("5 there");
    expect(sent.length).toBeGreaterThan(1);
    expect(await executor.take(tickets[3]!)).toMatch(/^4 (here|there)$/);
  });

  it("gets jobs though few wait in line at a time", async () => {
    const sent: number[] = [];
    const executor = new Executor<number, string>((job) => `${job} here`, poolOf(2, sent));
    for (let job = 1; job < 10; job++) {
      const two = [executor.submit(job), executor.submit(-job)];
      for (const ticket of two) await executor.take(ticket);
    }
    expect(sent.length).toBeGreaterThan(0);
  });
});

describe("a pool that is busy", () => {
  it("gets further jobs when it is done, though the calling thread finds enough to do by itself", async () => {
    const sent: number[] = [];
    const executor = new Executor<number, string>((job) => `${job} here`, poolOf(1, sent));
    const tickets = [1, 2, 3, 4, 5, 6].map((job) => executor.submit(job));
    expect(sent).toEqual([5]);
    // Nobody waits for the one that was sent: all that the calling thread takes is still in line.
    for (const ticket of tickets.filter(({ job }) => job !== 5)) await executor.take(ticket);
    expect(sent.length).toBeGreaterThan(1);
    expect(await executor.take(tickets[4]!)).toBe("5 there");
  });
});
