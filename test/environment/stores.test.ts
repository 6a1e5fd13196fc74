import asyncHooks, { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "@jest/globals";
import { watchStores } from "./stores.mjs";

describe("stores for asynchronous calls", () => {
  it("keep their values while they are watched", async () => {
    const end = watchStores();
    try {
      const store = new asyncHooks.AsyncLocalStorage<number>();
      const later = async () => {
        await null;
        return store.getStore();
      };
      expect(await store.run(1, later)).toBe(1);
    } finally {
      end();
    }
  });

  it("are disabled at the end if they were made during the watch", () => {
    const end = watchStores();
    const store = new asyncHooks.AsyncLocalStorage<number>();
    store.enterWith(1);
    end();
    expect(store.getStore()).toBeUndefined();
  });

  it("are left alone if they were made before or after it", () => {
    const before = new asyncHooks.AsyncLocalStorage<number>();
    before.enterWith(1);
    watchStores()();
    const after = new asyncHooks.AsyncLocalStorage<number>();
    after.enterWith(2);
    expect([before.getStore(), after.getStore()]).toEqual([1, 2]);
    for (const store of [before, after]) store.disable();
  });

  it("are made by Node's own class again when the watch is over", () => {
    const before = asyncHooks.AsyncLocalStorage;
    watchStores()();
    expect(asyncHooks.AsyncLocalStorage).toBe(before);
  });

  it("are instances of the class that programs imported by name", () => {
    const end = watchStores();
    const store = new asyncHooks.AsyncLocalStorage();
    end();
    expect(store).toBeInstanceOf(AsyncLocalStorage);
  });
});
