import type { ClockOptions } from "../clock/infer.js";
import type { GrammarFile } from "../grammar/file.js";
import type { Grammar } from "../grammar/types.js";
import type { Finding, SuppressedFinding } from "../model/finding.js";
import type { Problem } from "../model/source.js";
import type { EngineOptions } from "../rules/engine.js";
import type { Onlooker } from "../rules/explain/watched-engine.js";
import type { Rule } from "../rules/rule.js";
import type { CacheOptions } from "./cache/store.js";
import type { Milestones } from "./context.js";
import type { Tuning } from "./helpers.js";
import type { Window } from "./judge.js";
import type { RunStats } from "./stats.js";

/** What an analysis takes. Everything that is not given has a sensible default. Only what happened in the window is judged; what could not be placed is kept. */
export interface AnalyzeOptions extends ClockOptions, Window {
  grammars: readonly Grammar[];
  rules: readonly Rule[];
  /** The program's version, for the report. */
  version: string;
  /** Off: every record is decoded. The report is the same, only later. */
  prefilter?: boolean | undefined;
  /** Threads that read evidence, the calling one among them. The report is the same with any number. */
  jobs?: number | undefined;
  /** The texts of those of `grammars` that are not built in. Without them other threads can't help. */
  grammarFiles?: readonly GrammarFile[] | undefined;
  tuning?: Tuning | undefined;
  /** A folder for temporary files; default: the system's. */
  tmp?: string | undefined;
  /** Where what is read is kept from one analysis to the next; default: nowhere. The report is the same. */
  cache?: CacheOptions | undefined;
  /** Bytes read since the last call. */
  progress?: ((bytes: number, total: number) => void) | undefined;
  /** Ends the analysis soon after it is aborted; its reason is what the promise is rejected with. */
  signal?: AbortSignal | undefined;
  /** Is told how it went, when all is done. */
  stats?: ((stats: RunStats) => void) | undefined;
  /** Is told each match of the rules' queries. */
  onMatch?: EngineOptions["onMatch"];
  /** Takes findings out before they are linked, and says what the report must tell of it. */
  review?:
    | ((findings: Finding[]) => {
        findings: Finding[];
        suppressed?: readonly SuppressedFinding[];
        problems: Problem[];
      })
    | undefined;
  /** Sees every event that is judged. To have it see all, turn the prefilter off. */
  onlooker?: Onlooker | undefined;
  /** Is told when records are, wherever a stamp is looked at. */
  milestones?: Milestones | undefined;
}
