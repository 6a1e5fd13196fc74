import { type Grammar, type LineJudge, Verdict } from "../../grammar/types.js";
import { straceFields } from "./line-fields.js";
import { LineGlance } from "./line-glance.js";
import { CALL_RULES, isIdle } from "./need.js";

/**
 * What the judge was written for: the FNV-1a hash of the expressions of `grammars/strace/strace.grammar` for calls. A grammar with others,
 * perhaps a user's own of that name, is read by its expressions alone.
 */
const WRITTEN_FOR = 0x76f08515;

const glance = new LineGlance();

/** Judges a line of strace: most calls are nobody's business, and one pass over their bytes tells that. */
export const judgeStrace: LineJudge = (bytes, from, to) => {
  if (!glance.at(bytes, from, to)) return Verdict.UNKNOWN;
  return isIdle(glance) ? Verdict.IDLE : Verdict.WANTED;
};

/** The grammar with its judge, and what reads its lines, if it is the one that these were written for. */
export function withJudge(grammar: Grammar): Grammar {
  if (grammar.name !== "strace" || digestOf(grammar) !== WRITTEN_FOR) return grammar;
  return { ...grammar, judge: judgeStrace, lineFields: straceFields, calls: CALL_RULES };
}

/** FNV-1a (32 bits) of the expressions by which the grammar knows calls. */
function digestOf({ shapes }: Grammar): number {
  let hash = 0x811c9dc5;
  for (const { event, regex } of shapes)
    if (event === "process.syscall")
      for (const c of regex.source) hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}
