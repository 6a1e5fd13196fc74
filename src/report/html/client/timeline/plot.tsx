/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import { momentAt } from "../../timeline/extent.js";
import { isFiltered } from "../../timeline/filter.js";
import { pointedAt } from "../../timeline/geometry.js";
import type { Lane } from "../../timeline/lanes.js";
import { Axis, Grid } from "../../timeline/parts.js";
import { Findings } from "./findings.js";
import { onKey } from "./keys.js";
import { LaneRows } from "./lane-rows.js";
import type { Model } from "./model.js";
import { Tooltip } from "./tooltip.js";
import { useModel } from "./use-model.js";
import { bindZoom } from "./zoom.js";

/** px that one may miss something by. */
const REACH = 5;
/** px that a label of the axis needs. */
const LABEL = 110;

/** Axis, findings and lanes: what is seen of the extent. The pointer and the keys move it. */
export function Plot({ model }: { model: Model }) {
  useModel(model, "frame");
  const plot = useRef<HTMLDivElement>(null);
  const tooltip = useRef<Tooltip>(null);
  useEffect(() => {
    const element = plot.current!;
    bindZoom(element, model);
    const shown = () => tooltip.current!;
    element.addEventListener("keydown", (event) => {
      onKey(model, event);
      if (event.key === "Escape") shown().hide();
    });
    element.addEventListener("mousemove", (event) => {
      const at = pointed(model, event);
      if (at) shown().show(event, at);
      else shown().hide();
    });
    element.addEventListener("mouseleave", () => shown().hide());
    element.addEventListener("click", (event) => {
      const at = pointed(model, event);
      if (at) model.set({ selected: at.item?.key ?? null });
    });
  }, [model]);
  const axis = {
    origin: model.origin,
    extent: model.extent,
    most: Math.max(2, Math.floor((plot.current?.clientWidth ?? 800) / LABEL)),
  };
  return (
    <div
      class="timeline-view"
      ref={plot}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
      tabIndex={0}
      role="application"
      aria-label="Timeline"
      aria-describedby="timeline-keys"
    >
      <Axis {...axis} />
      <div class="timeline-plot">
        <Grid {...axis} />
        <Findings model={model} />
        <LaneRows
          lanes={model.lanes}
          brush={{
            extent: model.extent,
            outstanding: model.outstanding,
            pale: isFiltered({ ...model.state.filter, source: [] }),
          }}
        />
      </div>
      <Tooltip ref={tooltip} model={model} />
    </div>
  );
}

/** What a pointer is on: a lane, and an item in it if there is one. */
export interface Pointed {
  lane: Lane;
  at: number;
  /** µs of a pixel. */
  pixel: number;
  item: ReturnType<typeof pointedAt>;
}

function pointed(model: Model, event: MouseEvent): Pointed | undefined {
  const canvas = event.target;
  if (!(canvas instanceof HTMLCanvasElement)) return undefined;
  const lane = model.lanes[Number(canvas.dataset["lane"])];
  if (!lane) return undefined;
  const box = canvas.getBoundingClientRect();
  const at = momentAt(model.extent, (event.clientX - box.left) / box.width);
  const pixel = (model.extent.to - model.extent.from) / box.width;
  return { lane, at, pixel, item: pointedAt(lane, event.clientY - box.top, at, REACH * pixel) };
}
