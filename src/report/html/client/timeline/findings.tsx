/** @jsxImportSource preact */

import type { FindingRow } from "../../timeline/findings.js";
import { Arrows, em, FINDING_ROW, FindingSpan, outside } from "../../timeline/parts.js";
import { findingKey } from "../../timeline/search.js";
import { briefly } from "../../timeline/words.js";
import type { Model } from "./model.js";

/** More buttons than these could not be told apart; the others come into view when it is zoomed. */
const MOST_UNTITLED = 150;

/** The findings: a button and a span each, arrows from causes to effects. */
export function Findings({ model }: { model: Model }) {
  const { rows, arrows, extent, state } = model;
  if (rows.length === 0) return null;
  const titled = rows.filter((row) => row.titled);
  const others = rows.filter((row) => !row.titled && !outside(row, extent)).slice(0, MOST_UNTITLED);
  const height = em(Math.max(...rows.map(({ row }) => row + 1)) * FINDING_ROW);
  return (
    <div class="timeline-findings" style={{ height }}>
      {titled.map((row) => (
        <Finding
          key={row.finding.id}
          row={row}
          model={model}
          selected={state.selected === findingKey(row.finding.id)}
        />
      ))}
      <svg class="timeline-shared" width="100%" height={height} aria-hidden="true">
        {others.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the table of findings has a button for each
          <svg
            key={row.finding.id}
            y={em(row.row * FINDING_ROW + 1)}
            width="100%"
            height="0.9em"
            onClick={() => model.frameFinding(row.finding)}
          >
            <title>{row.finding.title}</title>
            <FindingSpan row={row} extent={extent} />
          </svg>
        ))}
      </svg>
      <Arrows arrows={arrows} extent={extent} rows={titled.length} head="timeline-arrowhead" />
    </div>
  );
}

function Finding({ row, model, selected }: { row: FindingRow; model: Model; selected: boolean }) {
  const { finding } = row;
  const side = outside(row, model.extent);
  return (
    <div class={`timeline-finding${selected ? " selected" : ""}`}>
      <button
        type="button"
        class="timeline-label"
        aria-pressed={selected}
        onClick={() => model.frameFinding(finding)}
      >
        <span class={`timeline-severity severity-${finding.severity}`}>{finding.severity}</span>{" "}
        {finding.title}{" "}
        <span class="timeline-note">
          {briefly(finding, model.clock)}
          {side && ` (${side})`}
        </span>
      </button>
      <svg width="100%" height="0.9em" aria-hidden="true" onClick={() => model.frameFinding(finding)}>
        <FindingSpan row={row} extent={model.extent} />
      </svg>
    </div>
  );
}
