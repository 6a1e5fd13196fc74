import { isExact, sameQuestion } from "./leg.js";
import type { LegTable } from "./table.js";

/** A question as one packet asks it. */
export interface AskedQuestion {
  readonly id: number;
  /** The client's port. */
  readonly port: number;
  /** The client's address, and its last octet. */
  readonly client: string;
  readonly clientOctet: number;
  /** As `dns.question.name` and `dns.question.type` have it. */
  readonly name: string;
  readonly type: string;
}

/** Open legs with one id, beyond which a further one is no longer told apart from those that push others out of the table. */
const FEW = 12;

/**
 * Whether an open leg is so near to a question that either could change what is told of the other: it has the same id and may be
 * of the same question (a copy, a re-send, the same look-up; then the answer may be its own, too), or it waits for its answer on
 * the same port (an ICMP error quotes ports alone, and the table remembers only the newest few legs on each).
 */
export function isNear(
  question: Pick<AskedQuestion, "id" | "port" | "name" | "type">,
  table: LegTable,
): boolean {
  if (table.isFree(question.id, question.port)) return false;
  let count = 0;
  for (let leg = table.first(question.id); leg !== undefined; leg = leg.next) {
    if (++count > FEW || sameQuestion(leg, question.name, false, question.type)) return true;
  }
  for (let leg = table.onPort(question.port); leg !== undefined; leg = leg.prevOnPort) {
    if (!leg.closed && (leg.answer === undefined || !isExact(leg.answer))) return true;
  }
  return false;
}
