import type { Query, QueryAnswer } from "../api/query.js";
import { parseEql, unknownFields } from "../api/query.js";
import { type EqlProblem, nearest, renderProblem } from "../api/rules.js";
import { neutral } from "../api/text.js";
import { evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { pageWidth, print, UsageError, wantsColour, wantsUtf8, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { withDefaults } from "./project/configured.js";
import type { QueryFlags } from "./query-flags.js";

/** A wrong query is wrong usage, with the place and what to write instead. */
function refuse(eql: string, problems: readonly EqlProblem[]): never {
  throw new UsageError(problems.map((problem) => `in the query, ${renderProblem(eql, problem)}`).join("\n"));
}

function parsed(eql: string): Query {
  const result = parseEql(eql);
  return "errors" in result ? refuse(eql, result.errors) : result.query;
}

async function render(answer: QueryAnswer, flags: QueryFlags): Promise<string> {
  const { format } = flags;
  if (format === "json" || format === "jsonl") {
    const { renderApi, renderLines } = await import("../api/query.js");
    return format === "json" ? renderApi(answer) : [...renderLines(answer)].join("");
  }
  if (format === "csv") return [...(await import("../api/query.js")).renderCsv(answer)].join("");
  const { renderMarkdownTable, renderTable } = await import("../api/query.js");
  if (format === "markdown") return renderMarkdownTable(answer);
  const toFile = flags.output !== undefined;
  return renderTable(answer, {
    width: pageWidth(toFile),
    color: wantsColour(flags.color, toFile),
    utf8: toFile || wantsUtf8(),
  });
}

const extentOf = ({ size, resultPosition, maxSamplesPerKey }: QueryFlags) => ({
  size,
  position: resultPosition,
  samplesPerKey: maxSamplesPerKey,
});

/** Tells on standard error what did not go as it should. */
function note(lines: readonly string[], { quiet }: QueryFlags): void {
  if (!quiet) for (const line of lines) process.stderr.write(`hindcast: ${neutral(line)}\n`);
}

/** `hindcast query EQL PATH…` */
async function ofEvidence(
  eql: string,
  query: Query,
  paths: readonly string[],
  flags: QueryFlags,
): Promise<QueryAnswer> {
  const { knownFields } = await import("../api/query.js");
  const options = await evidenceFlags(await withDefaults(flags, paths));
  const known = knownFields(options.grammarFiles ?? []);
  const unknown = unknownFields(eql, query, known);
  if (unknown.length > 0) refuse(eql, unknown);
  const { queryEvidence } = await import("../api/query.js");
  const progress = new Progress(!flags.quiet);
  const masking = await maskingFor(flags, paths, options);
  const plain = await guarded(
    masking,
    queryEvidence(paths, query, eql, {
      ...options,
      jobs: flags.jobs,
      extent: extentOf(flags),
      progress: progress.take,
    }),
  );
  const answer = masking
    ? { ...masking.answer(plain), problems: masking.data(plain.problems), readable: plain.readable }
    : plain;
  masking?.finish();
  progress.end();
  const { problems } = answer;
  note(
    problems.map(({ path, line, message }) => `${path}${line === undefined ? "" : `:${line}`}: ${message}`),
    flags,
  );
  if (!answer.readable) process.exitCode = 3;
  else if (problems.some(({ severity }) => severity === "error")) process.exitCode = 4;
  return answer;
}

/** `hindcast query EQL --events FILE` */
async function ofEvents(eql: string, query: Query, file: string, flags: QueryFlags): Promise<QueryAnswer> {
  const { queryEvents } = await import("../api/query.js");
  const { since, until, tmp } = await evidenceFlags(flags);
  const { timestampField, eventCategoryField, tiebreakerField, fetchSize } = flags;
  let answer: ReturnType<typeof queryEvents>;
  try {
    answer = queryEvents(file, query, {
      ...{ timestampField, eventCategoryField, tiebreakerField, fetchSize, since, until, tmp },
      extent: extentOf(flags),
      complete: flags.assumeComplete === true,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`--events ${file}: this file can't be read (${code}); check the path`);
  }
  const { known, events, problems } = answer;
  if (events > 0) {
    mustBeKnown("--timestamp-field", timestampField, known, query.kind === "sequence");
    mustBeKnown("--event-category-field", eventCategoryField, known, asksForCategory(query));
    if (tiebreakerField !== undefined) mustBeKnown("--tiebreaker-field", tiebreakerField, known, true);
    const unknown = unknownFields(eql, query, known);
    if (unknown.length > 0) refuse(eql, unknown);
  }
  note(
    problems.map(({ line, message }) => `${file}:${line}: ${message}`),
    flags,
  );
  if (events === 0) process.exitCode = 3;
  else if (problems.length > 0) process.exitCode = 4;
  return answer;
}

function asksForCategory(query: Query): boolean {
  const patterns = query.kind === "event" ? [query] : query.steps;
  return patterns.some(({ category }) => category !== undefined);
}

function mustBeKnown(flag: string, field: string, known: ReadonlySet<string>, needed: boolean): void {
  if (!needed || known.has(field)) return;
  const meant = nearest(field, known);
  throw new UsageError(
    `${flag} ${field}: no event has this field${meant === undefined ? "; name the one that has it" : `; did you mean \`${meant}\`?`}`,
  );
}

/** `hindcast query EQL …` */
export async function run(eql: string, paths: readonly string[], flags: QueryFlags): Promise<void> {
  const query = parsed(eql);
  if ((flags.events === undefined) === (paths.length === 0))
    throw new UsageError(
      flags.events === undefined
        ? "nothing to ask: name files or folders of evidence, or events with --events FILE"
        : "either paths of evidence or --events FILE, not both",
    );
  const answer =
    flags.events === undefined
      ? await ofEvidence(eql, query, paths, flags)
      : await ofEvents(eql, query, flags.events, flags);
  note(answer.notes, flags);
  const text = await render(answer, flags);
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await print(text);
}
