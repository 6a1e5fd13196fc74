/** @jsxImportSource preact */
import { tally } from "../../timeline/filter.js";
import { stretchOf } from "../../timeline/items.js";
import { outside } from "../../timeline/parts.js";
import type { Model } from "./model.js";
import { useModel } from "./use-model.js";

const counted = (n: number, one: string) => `${n.toLocaleString("en-US")} ${one}${n === 1 ? "" : "s"}`;

/** Says which stretch is shown and what is in it, for eyes and for screen readers, once the view is still. */
export function Status({ model }: { model: Model }) {
  useModel(model, "rest");
  const { extent, shown, rows, clock, state } = model;
  const { bars, marks } = tally(
    shown.filter((item) => stretchOf(item).to >= extent.from && stretchOf(item).from <= extent.to),
  );
  const findings = rows.filter((row) => !outside(row, extent)).length;
  const selected = model.item?.label ?? model.finding?.title;
  return (
    <p class="timeline-status" role="status">
      <span class="timeline-span">{clock.view(extent)}</span>
      {`: ${counted(findings, "finding")}, ${counted(bars, "transaction")}, ${counted(marks, "event")}.`}
      {state.selected !== null && selected !== undefined && ` Selected: ${selected}.`}
    </p>
  );
}
