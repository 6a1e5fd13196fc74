/** @jsxImportSource preact */
import { Controls } from "./controls.js";
import { Details } from "./details.js";
import { Lists } from "./lists.js";
import type { Model } from "./model.js";
import { Overview } from "./overview.js";
import { Plot } from "./plot.js";
import { Status } from "./status.js";

/** The timeline that can be moved. */
export const App = ({ model }: { model: Model }) => (
  <>
    <Controls model={model} />
    <Overview model={model} />
    <Plot model={model} />
    <p class="timeline-hint" id="timeline-keys">
      Drag to move, Ctrl and wheel to zoom. With the focus on the timeline: + and - zoom, ← and → move (with
      Shift further), ↑ and ↓ step from event to event, Enter frames it, Home shows everything, Escape
      deselects.
    </p>
    <Status model={model} />
    <Details model={model} />
    <Lists model={model} />
  </>
);
