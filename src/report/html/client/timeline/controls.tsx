/** @jsxImportSource preact */
import { zoomed } from "../../timeline/extent.js";
import { isFiltered, NO_FILTER } from "../../timeline/filter.js";
import type { LaneMode } from "../../timeline/lanes.js";
import { INITIAL } from "../../timeline/state.js";
import { Filters } from "./filters.js";
import type { Model } from "./model.js";
import { Search } from "./search.js";
import { useModel } from "./use-model.js";

/** Search, filters, lanes and zoom. */
export function Controls({ model }: { model: Model }) {
  useModel(model, "choice");
  const { state, modes } = model;
  const zoom = (factor: number) => model.set({ extent: zoomed(model.extent, factor, model.whole) });
  return (
    <div class="timeline-controls">
      <Search model={model} />
      <label>
        Lanes by{" "}
        <select
          value={state.lanes}
          onChange={({ currentTarget }) => model.set({ lanes: currentTarget.value as LaneMode })}
        >
          {modes.map((mode) => (
            <option key={mode} value={mode}>
              {mode}
            </option>
          ))}
        </select>
      </label>
      <Filters model={model} />
      {isFiltered(state.filter) && (
        <button type="button" onClick={() => model.set({ filter: NO_FILTER })}>
          Clear filters
        </button>
      )}
      <span class="timeline-buttons">
        <button type="button" aria-label="Zoom in" onClick={() => zoom(2)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom(0.5)}>
          −
        </button>
        <button type="button" onClick={() => model.set({ extent: null })}>
          Show everything
        </button>
        <button type="button" onClick={() => model.set(INITIAL)}>
          Reset
        </button>
      </span>
    </div>
  );
}
