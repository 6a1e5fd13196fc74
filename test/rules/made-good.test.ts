import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../src/model/event.js";
import { event } from "./events.js";
import { judge, rule } from "./rules.js";

const refused = rule(`
queries:
  - eql: any where event.action == "socket.connect" and error.kind == "refused"
group_by: [destination.ip]
summary: "{destination.ip} refused {count:connection}"
`);

/** A record that tells of v2's error and of the connection that was refused. */
function failure(at: number, ip = "192.0.2.90"): { error: Event; connect: Event } {
  const error = event("registry.v2_error", at, { "registry.version": "v2", "registry.next": true });
  const connect = {
    ...error,
    action: "socket.connect",
    fields: { "registry.version": "v2", "error.kind": "refused", "destination.ip": ip },
  };
  return { error, connect };
}
/** A pull that went well behind these errors. */
const pull = (at: number, errors: Event[]) =>
  event("registry.pull", at, { "registry.outcome": "ok" }, { cites: errors, madeGood: errors });
const found = (...events: Event[]) =>
  judge(refused, events).findings.map(({ severity, summary }) => ({ severity, summary }));

const HARMLESS = {
  severity: "low",
  summary: "192.0.2.90 refused 1 connection; the pull went on to the next host, and went well",
};
const HARMFUL = { severity: "high", summary: "192.0.2.90 refused 1 connection" };

describe("an error of a host that was passed over", () => {
  it("is low, and says so, when the pull went well at the next one", () => {
    const { error, connect } = failure(1);
    expect(found(error, connect, pull(5, [error]))).toEqual([HARMLESS]);
  });

  it("is what it was where nothing says that it did no harm", () => {
    const { error, connect } = failure(1);
    const cited = event("registry.pull", 5, { "registry.outcome": "failed" }, { cites: [error] });
    expect(found(error, connect, cited)).toEqual([HARMFUL]);
    expect(found(connect)).toEqual([HARMFUL]);
  });

  it("counts as before when another record shows the same and no pull made that good", () => {
    const { error, connect } = failure(1);
    const other = failure(2).connect;
    expect(found(error, connect, other, pull(5, [error]))).toEqual([
      { severity: "high", summary: "192.0.2.90 refused 2 connections" },
    ]);
  });

  it("counts as before when the same is told by something else than a registry's client", () => {
    const { error, connect } = failure(1);
    const trace = event("socket.connect", 2, { "error.kind": "refused", "destination.ip": "192.0.2.90" });
    expect(found(error, connect, trace, pull(5, [error]))[0]).toMatchObject({ severity: "high" });
  });

  it("is made good for its own group only", () => {
    const [mirror, other] = [failure(1), failure(2, "192.0.2.91")];
    const severities = found(
      mirror.error,
      mirror.connect,
      other.error,
      other.connect,
      pull(5, [mirror.error]),
    );
    expect(severities.map(({ severity }) => severity)).toEqual(["low", "high"]);
  });

  it("is not raised: what is informational stays so", () => {
    const remark = rule(`
queries:
  - eql: any where event.action == "socket.connect"
    severity: informational
`);
    const { error, connect } = failure(1);
    const { findings } = judge(remark, [error, connect, pull(5, [error])]);
    expect(findings[0]?.severity).toBe("informational");
  });
});

describe("a transfer that is tried again", () => {
  const retry = (at: number, fields: Fields = { "registry.retry": true }) =>
    event("socket.connect", at, { "error.kind": "refused", "destination.ip": "192.0.2.90", ...fields });

  it("is low the first two times", () => {
    const ending = "; it was tried again, and nothing shows that it was given up";
    const once = { severity: "low", summary: `192.0.2.90 refused 1 connection${ending}` };
    expect(found(retry(1))).toEqual([once]);
    expect(found(retry(1), retry(2))[0]).toMatchObject({ severity: "low" });
  });

  it("counts as before from the third time on", () => {
    expect(found(retry(1), retry(2), retry(3))).toEqual([
      { severity: "high", summary: "192.0.2.90 refused 3 connections" },
    ]);
  });

  it("counts as before when it was given up", () => {
    expect(found(retry(1), retry(2, {}))).toEqual([
      { severity: "high", summary: "192.0.2.90 refused 2 connections" },
    ]);
  });
});
