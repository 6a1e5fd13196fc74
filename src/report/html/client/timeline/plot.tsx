/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import { isFiltered } from "../../timeline/filter.js";
import { Axis, Grid } from "../../timeline/parts.js";
import { Findings } from "./findings.js";
import { onKey } from "./keys.js";
import { LaneRows } from "./lane-rows.js";
import type { Model } from "./model.js";
import { pointed } from "./pointing.js";
import { Tooltip } from "./tooltip.js";
import { useModel } from "./use-model.js";
import { bindZoom } from "./zoom.js";

/** px that a label of the axis needs. */
const LABEL = 140;

/** Axis, findings and lanes: what is seen of the extent. The pointer and the keys move it. */
export function Plot({ model }: { model: Model }) {
  useModel(model, "frame");
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = plot.current!;
    bindZoom(element, model);
    element.addEventListener("keydown", (event) => onKey(model, event));
    element.addEventListener("click", (event) => {
      const on = pointed(model, event);
      if (on) model.set({ selected: on.item?.key ?? null });
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
            dims: model.dims,
            pale: isFiltered({ ...model.state.filter, source: [] }),
          }}
        />
      </div>
      <Tooltip plot={plot} model={model} />
    </div>
  );
}
