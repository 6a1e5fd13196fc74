/** @jsxImportSource preact */
import { centred } from "../../timeline/extent.js";
import { nextFound } from "../../timeline/search.js";
import type { Model } from "./model.js";

/** The field, how many it finds, and the way from one to the next. */
export function Search({ model }: { model: Model }) {
  const { state, finds } = model;
  const number = finds.findIndex(({ key }) => key === state.selected) + 1;
  const go = (step: 1 | -1) => {
    const { from, to } = model.extent;
    const next = nextFound(model.finds, model.state.selected, step, step > 0 ? from : to);
    if (!next) return;
    const visible = next.at >= from && next.at <= to;
    model.set({
      selected: next.key,
      ...(visible ? {} : { extent: centred(model.extent, next.at, model.whole) }),
    });
  };
  return (
    <search class="timeline-search">
      <input
        type="search"
        aria-label="Search the timeline"
        placeholder="Search labels, sources, kinds"
        value={state.query}
        onInput={({ currentTarget }) => model.set({ query: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
        }}
      />
      {state.query !== "" && (
        <>
          <button
            type="button"
            aria-label="Previous find"
            disabled={finds.length === 0}
            onClick={() => go(-1)}
          >
            ‹
          </button>
          <button type="button" aria-label="Next find" disabled={finds.length === 0} onClick={() => go(1)}>
            ›
          </button>
        </>
      )}
      <output>
        {state.query === "" ? "" : number > 0 ? `${number} of ${finds.length}` : `${finds.length} found`}
      </output>
    </search>
  );
}
