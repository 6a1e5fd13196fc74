/** @jsxImportSource preact */
import type { ReportFinding } from "../../contract.js";
import { excerpt } from "../../excerpt.js";
import { neutral } from "../../neutral.js";
import { counted } from "../../page.js";
import { placeOf } from "../../view.js";
import { laterWords, proofOf, type Told, toldSteps } from "../../view-story.js";
import { findingAnchor, type View } from "../view.js";
import { Prose, Severity, sureAndOften } from "./words.js";

/** Steps of a story that are told. */
const MOST_STEPS = 40;
/** Characters of a quoted record. */
const QUOTED = 200;

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
      {later !== "" && <p class="later">{later}</p>}
      <p class="time">{view.clock.when(step.time, step)}</p>
      <div class="what">
        <h3>
          <a href={`#${findingAnchor(finding.id)}`}>{finding.title}</a>
        </h3>
        <p class="about">
          {number === 1 && "Root cause · "}
          {noticed && "What was noticed · "}
          <Severity finding={finding} /> <span class="sure">{sureAndOften(finding)}</span>
          {step.uncertain && " · order not certain"}
        </p>
        {step.text !== finding.title && (
          <p>
            <Prose text={step.text} />
          </p>
        )}
        <Proof finding={finding} />
      </div>
    </li>
  );
};

const Proof = ({ finding }: { finding: ReportFinding }) => {
  const proof = proofOf(finding);
  if (proof.length === 0) return null;
  return (
    <details class="proof">
      <summary>Proof: {proof.map(placeOf).join(", ")}</summary>
      {proof.map((record) => (
        <p class="quote" key={placeOf(record)}>
          <span class="place">{placeOf(record)}</span> <code>{excerpt(neutral(record.text), QUOTED)}</code>
        </p>
      ))}
    </details>
  );
};
