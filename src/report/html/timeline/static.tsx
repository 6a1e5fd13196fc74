/** @jsxImportSource preact */
import type { Study } from "../../study.js";
import { timelineFindings } from "./data.js";
import { wholeExtent } from "./extent.js";
import { arrowsOf, findingRows, placed } from "./findings.js";
import { itemsOf } from "./items.js";
import { lanesOf } from "./lanes.js";
import { Arrows, Axis, FindingSpan, findingLink, Grid } from "./parts.js";
import { StillLanes } from "./static-lanes.js";
import { briefly, TimelineClock } from "./words.js";

/** Labels of the axis: as many as a narrow screen has room for. */
const TICKS = 4;

/** The whole incident as a still picture: what the section `#timeline` holds without a script, and on paper. */
export function TimelineFigure({ study }: { study: Study }) {
  const { picture } = study;
  if (picture.origin === null)
    return (
      <p class="timeline-none">No record has a time that could be placed: there is no timeline to draw.</p>
    );
  const extent = wholeExtent(picture.length);
  const axis = { origin: picture.origin, extent, most: TICKS };
  const clock = new TimelineClock(picture.origin, picture.length);
  const rows = findingRows(placed(timelineFindings(study)));
  const titled = rows.filter(({ titled }) => titled);
  const untitled = rows.length - titled.length;
  return (
    <figure class="timeline-still">
      <Axis {...axis} />
      <div class="timeline-plot">
        <Grid {...axis} />
        {titled.length > 0 && (
          <ol class="timeline-findings" aria-label="Findings over time">
            {titled.map((row) => (
              <li key={row.finding.id} class="timeline-finding">
                <span class="timeline-label">
                  <a href={findingLink(row.finding.id)}>{row.finding.title}</a>{" "}
                  <span class="timeline-note">
                    {row.finding.severity}, {briefly(row.finding, clock)}
                  </span>
                </span>
                <svg width="100%" height="0.9em" aria-hidden="true">
                  <FindingSpan row={row} extent={extent} />
                </svg>
              </li>
            ))}
          </ol>
        )}
        <Arrows
          arrows={arrowsOf(titled)}
          extent={extent}
          rows={titled.length}
          head="timeline-arrowhead-still"
        />
        {untitled > 0 && <p class="timeline-note">and {untitled} more findings, not drawn here</p>}
        <StillLanes lanes={lanesOf(itemsOf(picture), picture.densities, "source")} extent={extent} />
      </div>
      <Legend {...picture.totals} />
    </figure>
  );
}

const many = (n: number) => n.toLocaleString("en-US");

function Legend({ records, bars, marks }: Study["picture"]["totals"]) {
  return (
    <figcaption>
      {many(records)} records, among them {many(bars)} transactions and {many(marks)} telling events. Grey
      areas: how many records. Bars: transactions; failed ones are high, others low. Lines: single events;
      those that findings cite are high. Pale: when a time is uncertain, how far. Times are UTC.
    </figcaption>
  );
}
