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
    {toldSteps(view.report, root, MOST_STEPS).map((told, _, all) => (
      <Link key={told.number} view={view} told={told} all={all} />
    ))}
  </ol>
);

const Link = ({ view, told, all }: { view: View; told: Told; all: readonly Told[] }) => {
  const { step, finding, number, noticed, folded } = told;
  const way = wayTo(told, all);
  const kind = number === 1 ? "root" : noticed ? "symptom" : "step";
  return (
    <li class={`link ${kind}`}>
      {folded > 0 && <p class="later">{counted(folded, "step")} between</p>}
      {way && <p class={`later ${way.drawn}`}>{way.words}</p>}
      <div class="what">
        {(step.time ?? step.time_of_day ?? step.elapsed) && (
          <p class="time">{view.clock.when(step.time, step)}</p>
        )}
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

/**
 * How a step came about: how long after the one before it, or, where that one is not its cause, after which other one; and how the way is drawn.
 * Nothing for the first step, and where nothing can be said.
 */
function wayTo({ step, finding, before, number }: Told, all: readonly Told[]): Way | undefined {
  if (!before) return undefined;
  const cause = all.findLast((told) => told.number < number && finding.causedBy.includes(told.finding.id));
  const aside = cause !== undefined && cause.step !== before;
  const known = gap((aside ? cause.step : before).time, step.time);
  const after = known?.order === "after";
  const words = !aside
    ? laterWords(before, step)
    : `${after ? `${known.text} after` : "follows from"} “${cause.finding.title}”`;
  if (words === "") return undefined;
  const span = after ? bounds(step.time)[0] - bounds((aside ? cause.step : before).time)[1] : 0;
  const length = span >= LONGER ? "longer" : span >= LONG ? "long" : "";
  return { words, drawn: aside ? "aside" : length };
}

interface Way {
  words: string;
  /** Three lengths, from what is instant to what people wait for; `aside`: the rail only passes by. */
  drawn: "" | "long" | "longer" | "aside";
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
        <p class="all">
          <a href={`#${findingAnchor(finding.id)}`}>All that it rests on</a>
        </p>
      )}
    </details>
  );
};
