import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import { DIRECT } from "../../../src/model/direct.js";
import type { Event, Fields } from "../../../src/model/event.js";
import { eventStream } from "../../../src/run/event-stream.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { FIELDS_READ, TRANSACTION_INPUTS, Transactions } from "../../../src/timeline/transactions/index.js";

const INCIDENTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../fixtures/incidents");

/** The event, noting under `ACTION FIELD` what is read of its fields. */
function watched(event: Event, read: Set<string>): Event {
  const fields = new Proxy<Fields>(event.fields, {
    get(target, name) {
      if (typeof name === "string") read.add(`${event.action} ${name}`);
      return Reflect.get(target, name);
    },
    ownKeys: () => {
      throw new Error(`all fields of ${event.action} are read`);
    },
  });
  return { ...event, fields };
}

describe("the fields that transactions say they read", () => {
  it("are of events that they take", () => {
    for (const action of Object.keys(FIELDS_READ)) expect(TRANSACTION_INPUTS).toContain(action);
  });

  it.each(fs.readdirSync(INCIDENTS).sort())("are all that they read in the incident %s", async (name) => {
    const transactions = new Transactions({ coverage: new Coverage() });
    const read = new Set<string>();
    const options = { grammars, version: "test" };
    for await (const { events } of eventStream([path.join(INCIDENTS, name)], options))
      for (const event of events)
        transactions.push(event.action in FIELDS_READ ? watched(event, read) : event, () => {});
    transactions.end(() => {});
    const said = new Set(
      Object.entries(FIELDS_READ).flatMap(([action, names]) =>
        [...names, ...DIRECT].map((field) => `${action} ${field}`),
      ),
    );
    expect([...read].filter((one) => !said.has(one))).toEqual([]);
  });
});
