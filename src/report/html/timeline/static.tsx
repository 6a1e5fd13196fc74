/** @jsxImportSource preact */
import type { Study } from "../../study.js";

/** The whole incident as a still picture: what the section `#timeline` holds without a script, and on paper. */
export function TimelineFigure({ study }: { study: Study }) {
  return <figure class="timeline-still">{study.picture.totals.records} records</figure>;
}
