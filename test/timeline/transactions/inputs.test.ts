import { expect, it } from "@jest/globals";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { TRANSACTION_INPUTS } from "../../../src/timeline/transactions/inputs.js";
import { Transactions } from "../../../src/timeline/transactions/transactions.js";

it("transactions are assembled from the events that are let through to them, and from no others", () => {
  const taken = [...new Transactions({ coverage: new Coverage() })["handlers"].keys()];
  expect(taken.filter((action) => !TRANSACTION_INPUTS.has(action))).toEqual([]);
});
