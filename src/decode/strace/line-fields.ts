import { rest, text } from "../../grammar/helpers.js";
import type { LineFields } from "../../grammar/types.js";
import { NO_THREAD } from "../../scan/call-lead.js";
import {
  argsFrom,
  argsTo,
  Fact,
  FactAt,
  nameFrom,
  restFrom,
  stampFrom,
  stampKindOf,
  stampTo,
} from "../../scan/facts.js";

/** The fields of a line that shows a system call, cut where a scanner has found its parts. */
export const straceFields: LineFields = (line, facts, at) => {
  const bits = facts[at + FactAt.BITS]!;
  const lead = facts[at + FactAt.LEAD]!;
  const ends = facts[at + FactAt.ENDS]!;
  if ((bits & Fact.CALL) === 0 || ends === 0) return undefined;
  const isBegun = (bits & Fact.BEGUN) !== 0;
  const isEnded = (bits & Fact.ENDED) !== 0;
  const kind = stampKindOf(bits);
  const [name, args, argsEnd, tail] = [nameFrom(lead), argsFrom(lead), argsTo(ends), restFrom(ends)];
  const thread = facts[at + FactAt.THREAD]!;
  return {
    "process.thread.id": thread === NO_THREAD ? undefined : thread,
    "process.name": thread === NO_THREAD ? undefined : commandIn(line.slice(0, name)),
    "@timestamp": kind && line.slice(stampFrom(lead), stampTo(lead)),
    "@timestamp.kind": kind,
    "strace.call": line.slice(name, args - (isEnded ? RESUMED : 1)),
    "strace.resumed": isEnded ? true : undefined,
    "strace.args": text(line.slice(args, argsEnd)),
    "strace.ret": isBegun ? undefined : line.slice(line.indexOf("= ", argsEnd) + 2, tail),
    "strace.tail": isBegun ? undefined : rest(text(line.slice(tail))),
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
