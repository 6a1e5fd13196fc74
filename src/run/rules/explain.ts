import type { Event } from "../../model/event.js";
import { isFloating } from "../../model/time.js";
import {
  EXPLAINED,
  type ExplainedPattern,
  type ExplainedQuery,
  type ExplainedRecord,
  type ExplainedRule,
} from "../../report/explained/contract.js";
import { rfc3339 } from "../../report/times.js";
import { decodeWithin } from "../../report/utf8.js";
import { cut } from "../../report/width.js";
import type { StepAccount } from "../../rules/explain/chain-tally.js";
import type { PatternAccount } from "../../rules/explain/pattern-tally.js";
import { type QueryAccount, Witness } from "../../rules/explain/witness.js";
import { rawEvents } from "../../rules/proof.js";
import type { Rule } from "../../rules/rule.js";
import type { AnalyzeOptions } from "../analyze-options.js";
import { investigateAndQuote } from "../investigate.js";
import { timeText } from "../query/evidence.js";

/** A record's text is cut after so many columns: an example is to be known again, not to be read whole. */
const MOST_TEXT = 400;

/**
 * Says why a rule fired on evidence, or did not: an analysis with this one rule, which reads every record (no prefilter: what was looked at
 * and did not fit is the answer), watched event by event.
 */
export function explainRule(
  paths: readonly string[],
  rule: Rule,
  options: Omit<AnalyzeOptions, "rules" | "onMatch" | "onlooker" | "prefilter">,
): Promise<ExplainedRule> {
  const witness = new Witness(rule);
  const watched: AnalyzeOptions = {
    ...options,
    rules: [rule],
    prefilter: false,
    onlooker: witness,
    onMatch: (match, _, query) => witness.match(match, query),
  };
  return investigateAndQuote(paths, watched, async (investigation, quote) => {
    const { surveyed, clocks, diagnosis, missing, problems } = investigation;
    const account = witness.account();
    const examples = account.queries.flatMap(({ patterns }) => patterns.flatMap(eventsOf));
    const textOf = await quote(examples.flatMap((event) => rawEvents([event]).slice(0, 1)));
    const record = (event: Event): ExplainedRecord => {
      const [raw = event] = rawEvents([event]);
      const kind = clocks.get(raw.source)?.clock.kind ?? "none";
      return {
        source: decodeWithin(surveyed[raw.source]?.source.path ?? "?"),
        line: raw.line,
        time: timeText(event.time, event.ns, kind),
        action: event.action,
        text: cut(decodeWithin(textOf(raw)), MOST_TEXT),
      };
    };
    const findings = diagnosis.findings.filter((finding) => finding.rule === rule.id);
    const sources = surveyed.map(({ source }) => source);
    return {
      schema: EXPLAINED,
      rule: rule.id,
      title: rule.title,
      severity: rule.severity,
      answer: findings.length > 0 ? "found" : missing.length > 0 ? "cannot-tell" : "not-found",
      findings: findings.map(({ id, summary }) => ({ id, summary: decodeWithin(summary) })),
      minCount: rule.minCount,
      largestGroup: account.largest ?? null,
      queries: account.queries.map((query) => queryOf(query, record)),
      missing: missing.map(({ what, why, command }) => ({
        what: decodeWithin(what),
        why: decodeWithin(why),
        command: decodeWithin(command),
      })),
      needs: rule.needs.map(({ evidence, command }) => ({ evidence, command })),
      sources: sources.map(({ path, format, records, from, to }) => ({
        path: decodeWithin(path),
        format,
        records,
        from: isFloating(from) ? null : rfc3339(from),
        to: isFloating(to) ? null : rfc3339(to),
      })),
      problems: [...problems, ...sources.flatMap((source) => source.problems)].map(
        ({ path, line, message }) =>
          decodeWithin(`${path}${line === undefined ? "" : `:${line}`}${path === "" ? "" : ": "}${message}`),
      ),
    };
  });
}

type RecordOf = (event: Event) => ExplainedRecord;

/** The events of an account that are shown. */
function eventsOf(account: PatternAccount | StepAccount): Event[] {
  const { parts, example, nearest } = account;
  const late = "late" in account ? account.late : undefined;
  return [...parts.map((part) => part.example), example, nearest?.event, late?.first, late?.event].filter(
    (event) => event !== undefined,
  );
}

function queryOf({ maxspan, patterns, ...query }: QueryAccount, record: RecordOf): ExplainedQuery {
  return {
    ...query,
    ...(maxspan !== undefined && { maxspan: maxspan / 1e6 }),
    patterns: patterns.map((pattern) => patternOf(pattern, record)),
  };
}

function patternOf(account: PatternAccount | StepAccount, record: RecordOf): ExplainedPattern {
  const { category, actions, condition, offered, matched, parts, example, nearest } = account;
  return {
    ...{ category, actions, condition, offered, matched },
    parts: parts.map(({ example: one, seen, ...part }) => ({
      ...part,
      seen: seen.map((field) => ({
        ...field,
        values: field.values.map(({ value, count }) => ({ value: decodeWithin(value), count })),
      })),
      ...(one !== undefined && { example: record(one) }),
    })),
    ...(example !== undefined && { example: record(example) }),
    ...(nearest !== undefined && { nearest: { record: record(nearest.event), unmet: nearest.unmet } }),
    ...("missing" in account && { step: stepOf(account, record) }),
  };
}

function stepOf(account: StepAccount, record: RecordOf): NonNullable<ExplainedPattern["step"]> {
  const { missing, runs, reached, unprepared, unjoined, late } = account;
  return {
    ...{ missing, runs, reached, unprepared, unjoined },
    ...(late !== undefined && {
      late: { first: record(late.first), record: record(late.event), after: late.after / 1e6 },
    }),
  };
}
