/** @jsxImportSource preact */
import type { ReportFinding } from "../../contract.js";
import { gap } from "../../durations.js";
import { excerpt } from "../../excerpt.js";
import { neutral } from "../../neutral.js";
import { counted } from "../../page.js";
import { bounds } from "../../times.js";
import { laterWords, proofOf, type Told, toldSteps } from "../../view-story.js";
import { findingAnchor, type View } from "../view.js";
import { Place, Prose, Severity, sureAndOften } from "./words.js";

/** Steps of a story that are told. */
const MOST_STEPS = 40;
/** Characters of a quoted record. */
const QUOTED = 240;

/** The chain from a root cause to what people noticed, as a picture that is also a list. */
export const Story = ({ view, root }: { view: View; root: ReportFinding }) => (
  <ol class="chain">
    {toldSteps(view.report, root, MOST_STEPS).map((told) => (
      <Link key={told.number} view={view} told={told} />
    ))}
  </ol>
);

const Link = ({ view, told }: { view: View; told: Told }) => {
  const { step, finding, number, before, noticed, folded } = told;
  const later = before ? laterWords(before, step) : "";
  const kind = number === 1 ? "root" : noticed ? "symptom" : "step";
  return (
    <li class={`link ${kind}`}>
      {folded > 0 && <p class="later">{counted(folded, "step")} between</p>}
      {later !== "" && <p class={`later ${lengthOf(told)}`}>{later}</p>}
      <div class="what">
        <p class="time">{view.clock.when(step.time, step)}</p>
        <h3>
          <a href={`#${findingAnchor(finding.id)}`}>{finding.title}</a>
        </h3>
        <p class="about">
          {number === 1 && <b>Root cause </b>}
          {noticed && <b>What was noticed </b>}
          <Severity finding={finding} /> <span class="sure">{sureAndOften(finding)}</span>
          {step.uncertain && <span class="sure">, order not certain</span>}
        </p>
        {number > 1 && step.text !== finding.title && (
          <p>
            <Prose text={step.text} />
          </p>
        )}
        <Proof view={view} finding={finding} />
      </div>
    </li>
  );
};

/** From so many µs on, the way to the next link is drawn longer. */
const LONG = 100_000;
const LONGER = 10_000_000;

/** How long the way to a step is drawn: three lengths, from what is instant to what people wait for. */
function lengthOf({ before, step }: Told): string {
  if (gap(before!.time, step.time)?.order !== "after") return "";
  const span = bounds(step.time)[0] - bounds(before!.time)[1];
  return span >= LONGER ? "longer" : span >= LONG ? "long" : "";
}

/** The records that prove a step. */
const Proof = ({ view, finding }: { view: View; finding: ReportFinding }) => {
  const proof = proofOf(finding).filter((record) => view.quotes.anchorOf(record) !== undefined);
  if (proof.length === 0) return null;
  return (
    <details class="proof">
      <summary>Proof: {counted(finding.evidence.length, "record")}</summary>
      <ul>
        {proof.map((record) => (
          <li key={record.offset}>
            <Place view={view} record={record} /> <code>{excerpt(neutral(record.text), QUOTED)}</code>
          </li>
        ))}
      </ul>
      {finding.evidence.length > proof.length && (
        <p>
          <a href={`#${findingAnchor(finding.id)}`}>All that it rests on</a>
        </p>
      )}
    </details>
  );
};
