/** @jsxImportSource preact */
import type { ReportSource } from "../../contract.js";
import { counted, grouped } from "../../page.js";
import { placeOf } from "../../view.js";
import { type ExcerptLine, excerptsOf } from "../excerpts.js";
import type { Quote, Quotes } from "../quotes.js";
import { findingAnchor, type View } from "../view.js";
import { CopyButton, Section } from "./words.js";

/** Findings that are named beside a record. */
const MOST_NAMED = 3;

/** Every cited record with the lines around it, by source. */
export const Evidence = ({ view }: { view: View }) => {
  const { bySource } = view.quotes;
  if (view.report.timeline.length === 0) return null;
  const sources = new Map(view.report.sources.map((source) => [source.path, source]));
  return (
    <Section id="evidence" title="Evidence" note="the records that the findings rest on">
      <p>{limitWords(view.quotes)}</p>
      {[...bySource].map(([path, quotes]) => (
        <SourceEvidence key={path} view={view} path={path} source={sources.get(path)} quotes={quotes} />
      ))}
    </Section>
  );
};

/** What the page carries of the evidence, and what it has no room for. */
export function limitWords({ limit, bytes, left, bySource }: Quotes): string {
  const carried = [...bySource.values()].reduce((sum, { length }) => sum + length, 0);
  const holds = `This page holds ${counted(carried, "cited record")} and the lines around them: ${grouped(bytes)} of at most ${grouped(limit)} bytes.`;
  const without = [
    ...(left.records > 0 ? [counted(left.records, "cited record")] : []),
    ...(left.contexts > 0 ? [`the lines around ${counted(left.contexts, "record")}`] : []),
  ];
  if (without.length === 0) return holds;
  return `${holds} Left out, the least telling first: ${without.join(", and ")}. The JSON report has every cited record, and --max-evidence makes room for more.`;
}

const SourceEvidence = ({
  view,
  path,
  source,
  quotes,
}: {
  view: View;
  path: string;
  source: ReportSource | undefined;
  quotes: Quote[];
}) => (
  <section class="source">
    <h3 class="place">{path}</h3>
    {source && (
      <p class="about">
        {source.format}, {counted(source.bytes, "byte")}, SHA-256 <code>{source.sha256}</code>
      </p>
    )}
    {excerptsOf(quotes).map((lines) => (
      <ol class="excerpt" key={lines[0]!.line}>
        {lines.map((line) =>
          line.quote ? (
            <CitedLine key={line.line} view={view} quote={line.quote} source={source} />
          ) : (
            <ContextLine key={line.line} {...line} />
          ),
        )}
      </ol>
    ))}
  </section>
);

const ContextLine = ({ line, text }: ExcerptLine) => (
  <li class="around">
    <span class="line">{line}</span>
    <code>{text}</code>
  </li>
);

const CitedLine = ({
  view,
  quote: { record, anchor, findings },
  source,
}: {
  view: View;
  quote: Quote;
  source: ReportSource | undefined;
}) => {
  const place = placeOf(record);
  const bytes = `byte ${grouped(record.offset)}, ${counted(record.length, "byte")}`;
  const named = [...findings].slice(0, MOST_NAMED);
  const head = `${place} (${bytes}${source ? `; SHA-256 of the file ${source.sha256}` : ""})\n`;
  return (
    <li class="cites" id={anchor}>
      <span class="line">{record.line}</span>
      <code>{record.text}</code>
      <CopyButton head={head} label={`Copy ${place}`} />
      <p class="about">
        <span class="time">{view.clock.when(record.time, record, 6)}</span>
        {" · "}
        {bytes}
        {" · "}
        {named.map(({ id, title }, i) => (
          <>
            {i > 0 && "; "}
            <a href={`#${findingAnchor(id)}`}>{title}</a>
          </>
        ))}
        {findings.size > named.length && ` and ${findings.size - named.length} more`}
      </p>
    </li>
  );
};
