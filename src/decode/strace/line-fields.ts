import { rest, text } from "../../grammar/helpers.js";
import type { LineFields } from "../../grammar/types.js";
import { NO_THREAD } from "../../scan/call-lead.js";
import { FACT_BITS, Fact, STAMP_SHIFT, STAMPS } from "../../scan/calls.js";

/** The fields of a line that shows a system call, cut where a scanner has found its parts. */
export const straceFields: LineFields = (line, facts, at) => {
  const bits = facts[at + FACT_BITS]!;
  const places = facts[at + 4]!;
  const ends = facts[at + 5]!;
  if ((bits & Fact.CALL) === 0 || ends === 0) return undefined;
  const isBegun = (bits & Fact.BEGUN) !== 0;
  const isEnded = (bits & Fact.ENDED) !== 0;
  const kind = STAMPS[bits >> STAMP_SHIFT];
  const argsFrom = places >>> 24;
  const argsTo = ends & 0xffff;
  const restFrom = ends >>> 16;
  const thread = facts[at]!;
  return {
    "process.thread.id": thread === NO_THREAD ? undefined : thread,
    "process.name": thread === NO_THREAD ? undefined : commandIn(line.slice(0, (places >> 16) & 0xff)),
    "@timestamp": kind && line.slice(places & 0xff, (places >> 8) & 0xff),
    "@timestamp.kind": kind,
    "strace.call": line.slice((places >> 16) & 0xff, argsFrom - (isEnded ? RESUMED : 1)),
    "strace.resumed": isEnded ? true : undefined,
    "strace.args": text(line.slice(argsFrom, argsTo)),
    "strace.ret": isBegun ? undefined : line.slice(line.indexOf("= ", argsTo) + 2, restFrom),
    "strace.tail": isBegun ? undefined : rest(text(line.slice(restFrom))),
    "strace.unfinished": isBegun ? true : undefined,
    "event.category": "process",
    "event.dataset": "strace",
  };
};

/** `daemon` of `4002<daemon> 10:00:01 `; what a second half has of its name, `<... `, is none. */
function commandIn(lead: string): string | undefined {
  const open = lead.indexOf("<");
  const close = open < 0 ? -1 : lead.indexOf(">", open);
  return close < 0 ? undefined : text(lead.slice(open + 1, close));
}

/** Characters between name and arguments of a second half. */
const RESUMED = " resumed>".length;
