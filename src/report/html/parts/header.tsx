/** @jsxImportSource preact */
import { spanText } from "../../clockface.js";
import type { ReportFinding } from "../../contract.js";
import { gap } from "../../durations.js";
import { counted } from "../../page.js";
import { verdictOf } from "../../verdict.js";
import { storyOf } from "../../view-story.js";
import type { View } from "../view.js";
import { Prose, Severity, sureAndOften } from "./words.js";

/** What a reader of one screen must know: what, when, how sure, and from what. */
export const Header = ({ view }: { view: View }) => (
  <header class="masthead">
    <div class="tools">
      <button type="button" id="theme">
        Dark
      </button>
      <button type="button" id="print">
        Print
      </button>
    </div>
    {view.lead ? <Cause view={view} lead={view.lead} /> : <NoCause view={view} />}
    <p class="read">
      <Totals view={view} />
    </p>
  </header>
);

const Cause = ({ view, lead }: { view: View; lead: ReportFinding }) => (
  <>
    <p class="kicker">
      <b class="root">Root cause</b> <Severity finding={lead} />{" "}
      <span class="sure">{sureAndOften(lead)}</span>
    </p>
    <h1>{lead.title}</h1>
    {lead.summary !== lead.title && (
      <p class="lede">
        <Prose text={lead.summary} />
      </p>
    )}
    <Noticed view={view} lead={lead} />
  </>
);

/** What people saw of it, and how long after it began. */
const Noticed = ({ view: { report }, lead }: { view: View; lead: ReportFinding }) => {
  const { steps, symptoms } = storyOf(report, lead);
  const noticed = report.findings.filter(({ id }) => id !== lead.id && symptoms.includes(id));
  if (noticed.length === 0) return null;
  const first = steps.find(({ findingId }) => findingId === noticed[0]!.id);
  const known = first ? gap(steps[0]!.time, first.time) : null;
  const later = known?.order === "after" ? `, ${known.text} later` : "";
  return (
    <p class="noticed">
      <b>What was noticed{later}:</b> {[...new Set(noticed.map(({ title }) => title))].join("; ")}
    </p>
  );
};

const NoCause = ({ view }: { view: View }) => {
  const { title, text } = verdictOf(view.report, "“What to collect next time” below");
  return (
    <>
      <p class="kicker">Incident report</p>
      <h1>{title}</h1>
      <p class="lede">{text}</p>
    </>
  );
};

const Totals = ({ view: { report } }: { view: View }) => {
  const { sources, records, unparsed, from, to } = report.summary;
  const left = unparsed === 0 ? "all understood" : counted(unparsed, "not understood", "not understood");
  return (
    <>
      {spanText(from, to)} · {counted(sources, "source")} · {counted(records, "record")} ({left}) · hindcast{" "}
      {report.version}
    </>
  );
};
