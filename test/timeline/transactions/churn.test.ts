import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { answer, ask, assemble, at, of } from "../events.js";

const DNS = "192.0.2.53";
let port = 5000;
/** A question that nobody answers, and one that is answered: the capture shows both directions. */
const lost = (t: number): Event[] => [ask(t, `10.9.0.5:${++port}`, DNS, port, "a.example")];
const fine = (t: number): Event[] => [
  ask(t, `10.9.0.6:${++port}`, DNS, port, "b.example"),
  answer(t + 0.01, DNS, `10.9.0.6:${port}`, port),
];
const left = (t: number): Event =>
  at(t, "bridge.port_state", {
    "bridge.name": "br-ci",
    "interface.name": "veth7",
    "bridge.state": "disabled",
  });
const byTime = (events: Event[]) => [...events].sort((a, b) => a.time - b.time);
const told = (events: Event[]) =>
  of("failures.after_churn", assemble(byTime(events))).map(({ fields }) => fields);
const quiet = [...fine(0), ...fine(600)];

describe("failures and ports that come and go", () => {
  it("are told when the ones stand behind the others", () => {
    const changes = [left(100), left(200), left(300)];
    const failures = [101, 102, 201, 202, 301].flatMap(lost);
    expect(told([...quiet, ...changes, ...failures])).toMatchObject([
      { "churn.failures": 5, "churn.within": 5, "churn.changes": 3, "bridge.name": ["br-ci"] },
    ]);
    expect(told([...quiet, ...changes, ...failures])[0]!["churn.ratio"]).toBeGreaterThan(50);
  });

  it("have a small ratio when failures are everywhere", () => {
    const failures = Array.from({ length: 100 }, (_, i) => lost(3 + i * 5.9)).flat();
    const [fields] = told([...quiet, left(100), left(200), left(300), ...failures]);
    expect(fields!["churn.ratio"]).toBeLessThan(3);
  });

  it("are not compared when there was one change only", () => {
    expect(told([...quiet, left(100), ...lost(101)])).toEqual([]);
  });

  it("are not compared when ports change all the time: there is nothing to compare with", () => {
    const changes = Array.from({ length: 150 }, (_, i) => left(i * 4));
    expect(told([...quiet, ...changes, ...lost(101)])).toEqual([]);
  });

  it("say nothing without a failure", () => {
    expect(told([...quiet, left(100), left(200)])).toEqual([]);
  });
});
