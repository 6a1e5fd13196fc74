import type { TextAssembly } from "../decode/text/assembly.js";
import { isGeneric } from "../decode/text/claim.js";
import type { Source } from "../model/source.js";
import type { Toolbox } from "./survey.js";
import type { Work } from "./work.js";

/** Writes what was counted of a text into its source's accounts, and the work that it took. */
export function noteText(source: Source, assembly: TextAssembly, work: Work, { envelopes }: Toolbox): void {
  work.decoded += assembly.decoded;
  source.records = assembly.records;
  source.parsed = assembly.parsed;
  source.unparsed = assembly.unparsed;
  let generic = 0;
  for (const { name } of envelopes.filter(isGeneric)) generic += assembly.claimedBy.get(name) ?? 0;
  if (generic > 0) source.generic = generic;
  source.from = assembly.from;
  source.to = assembly.to;
  source.format = mostClaimed(assembly.claimedBy);
  source.problems.push(...assembly.problems);
}

function mostClaimed(claims: ReadonlyMap<string, number>): string {
  let best = "unknown";
  let most = 0;
  for (const [name, count] of claims)
    if (count > most || (count === most && name < best)) [best, most] = [name, count];
  return best;
}
