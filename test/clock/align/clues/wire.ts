import type { Fields } from "../../../../src/model/event.js";
import type { Said } from "./told.js";

/** The last moment, in seconds, that a stamp with microseconds can mean: it is rounded down. */
export const by = (at: number) => Math.round(at * 1e6 + 1) / 1e6;

export const CLIENT = "10.0.0.2";
export const SERVER = "192.0.2.53";

const QUESTION: Fields = {
  "dns.id": 4711,
  "dns.question.name": "registry.example",
  "dns.question.type": "A",
};

/** A DNS question in a capture. */
export const question = (at: number, fields: Fields = {}): Said => ({
  at,
  action: "dns.query",
  fields: {
    ...QUESTION,
    "source.ip": CLIENT,
    "source.port": 40001,
    "destination.ip": SERVER,
    "destination.port": 53,
    "network.type": "ipv4",
    ...fields,
  },
});

/** Its answer. */
export const answer = (at: number, fields: Fields = {}): Said => ({
  at,
  action: "dns.answer",
  fields: {
    ...QUESTION,
    "source.ip": SERVER,
    "source.port": 53,
    "destination.ip": CLIENT,
    "destination.port": 40001,
    "network.type": "ipv4",
    ...fields,
  },
});

/** µs of the base that the made records count from: 2026-11-22T03:52:30Z. */
const BASE_US = 1_795_319_550e6;

/** A question in a trace; its thread's next record was made at `until`, and stands in line `line`. */
export const asks = (at: number, until: number | undefined, line = 2, fields: Fields = {}): Said => ({
  at,
  action: "dns.query",
  fields: {
    ...QUESTION,
    "strace.call": "sendto",
    "destination.ip": SERVER,
    "destination.port": 53,
    ...bounded(until, line),
    ...fields,
  },
});

/** The call that read its answer. */
export const reads = (at: number, until: number | undefined, line = 4, fields: Fields = {}): Said => ({
  at,
  action: "dns.answer",
  fields: {
    ...QUESTION,
    "strace.call": "recvfrom",
    "destination.ip": SERVER,
    "destination.port": 53,
    ...bounded(until, line),
    ...fields,
  },
});

/** The fields of a call whose thread's next record was made at `until` seconds. */
export const bounded = (until: number | undefined, line: number): Fields =>
  until === undefined ? {} : { "call.until": BASE_US + Math.round(until * 1e6), "call.until_line": line };
