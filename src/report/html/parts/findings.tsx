/** @jsxImportSource preact */
import type { ReportEvidence, ReportFinding } from "../../contract.js";
import { excerpt } from "../../excerpt.js";
import { neutral } from "../../neutral.js";
import { counted } from "../../page.js";
import { hashOf, INITIAL } from "../timeline/state.js";
import { findingAnchor, type View } from "../view.js";
import { Remedies } from "./remedies.js";
import { Place, Prose, Section, Severity, sureAndOften } from "./words.js";

/** Findings that the page describes; the grave ones come first in a report. */
const MOST_FINDINGS = 200;
/** Cited records that are listed with a finding. */
const MOST_CITED = 12;
/** Values of an entity that are listed. */
const MOST_VALUES = 8;
/** Characters of a quoted record. */
const QUOTED = 180;

/** All findings, each with what it is about, how sure it is, and the records it rests on. */
export const Findings = ({ view }: { view: View }) => {
  const { findings } = view.report;
  if (findings.length === 0) return null;
  const left = findings.length - MOST_FINDINGS;
  return (
    <Section id="findings" title="All findings" note={`${findings.length}`}>
      {findings.slice(0, MOST_FINDINGS).map((finding) => (
        <FindingDetails key={finding.id} view={view} finding={finding} />
      ))}
      {left > 0 && <p>{counted(left, "more finding")} in the JSON report.</p>}
    </Section>
  );
};

const FindingDetails = ({ view, finding }: { view: View; finding: ReportFinding }) => {
  const { id, title, summary, from } = finding;
  const isRoot = view.report.rootCauses.includes(id);
  const undated = {
    ...(finding.time_of_day && { time_of_day: finding.time_of_day.from }),
    ...(finding.elapsed && { elapsed: finding.elapsed.from }),
  };
  return (
    <details class="finding" id={findingAnchor(id)}>
      <summary>
        <Severity finding={finding} />
        <h3>{title}</h3>
        <span class="sure">
          {isRoot && "root cause, "}
          {sureAndOften(finding)}
        </span>
        <span class="time">{view.clock.when(from, undated)}</span>
      </summary>
      <div class="body">
        {summary !== title && (
          <p>
            <Prose text={summary} />
          </p>
        )}
        <Causes view={view} finding={finding} />
        <Entities finding={finding} />
        <Cited view={view} evidence={finding.evidence} />
        {!isRoot && <Remedies finding={finding} heading="h4" />}
        <p class="rule">
          Rule <code>{finding.rule}</code>, finding <code>{id}</code>
          {from !== null && (
            <a class="scripted-only" href={hashOf({ ...INITIAL, selected: `finding:${id}` })}>
              Show on the timeline
            </a>
          )}
        </p>
      </div>
    </details>
  );
};

/** What explains a finding, and what it explains. */
const Causes = ({ view, finding }: { view: View; finding: ReportFinding }) => (
  <>
    <Linked words="Explained by" findings={finding.causedBy.flatMap((id) => view.byId.get(id) ?? [])} />
    <Linked words="Explains" findings={view.effects.get(finding.id) ?? []} />
  </>
);

const Linked = ({ words, findings }: { words: string; findings: readonly ReportFinding[] }) => {
  if (findings.length === 0) return null;
  const shown = findings.slice(0, MOST_VALUES);
  return (
    <p class="linked">
      {words}{" "}
      {shown.map(({ id, title }, i) => (
        <>
          {i > 0 && "; "}
          <a href={`#${findingAnchor(id)}`}>{title}</a>
        </>
      ))}
      {findings.length > shown.length && ` and ${findings.length - shown.length} more`}
    </p>
  );
};

const Entities = ({ finding: { entities } }: { finding: ReportFinding }) => {
  const fields = Object.entries(entities);
  if (fields.length === 0) return null;
  return (
    <dl class="entities">
      {fields.map(([field, values]) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {values.slice(0, MOST_VALUES).join(", ")}
            {values.length > MOST_VALUES && ` and ${values.length - MOST_VALUES} more`}
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** The records that the page carries; how many there are in all stands above them. */
const Cited = ({ view, evidence }: { view: View; evidence: readonly ReportEvidence[] }) => {
  const carried = evidence.filter((record) => view.quotes.anchorOf(record) !== undefined);
  const shown = carried.slice(0, MOST_CITED);
  const left = evidence.length - shown.length;
  return (
    <>
      <h4>Rests on {counted(evidence.length, "record")}</h4>
      <ul class="cited">
        {shown.map((record) => (
          <li key={`${record.source}:${record.offset}`}>
            <span class="time">{view.clock.when(record.time, record, 6)}</span>{" "}
            <Place view={view} record={record} /> <code>{excerpt(neutral(record.text), QUOTED)}</code>
          </li>
        ))}
      </ul>
      {left > 0 && <p class="sure">{counted(left, "more record")} in the JSON report</p>}
    </>
  );
};
