/** @jsxImportSource preact */
import { type Choice, FILTERS, type FilterName } from "../../timeline/filter.js";
import type { Model } from "./model.js";

/** A list of boxes for each property by which one can filter; those without a choice are left out. */
export const Filters = ({ model }: { model: Model }) => (
  <>
    {FILTERS.filter((name) => model.choices[name].length > 1).map((name) => (
      <FilterBox key={name} name={name} model={model} />
    ))}
  </>
);

const TITLES: Record<FilterName, string> = {
  source: "Sources",
  kind: "Kinds",
  severity: "Severities",
  entity: "Entities",
};

function FilterBox({ name, model }: { name: FilterName; model: Model }) {
  const chosen = model.state.filter[name];
  const all = model.choices[name];
  const choose = ({ value }: Choice, on: boolean) => {
    const others = chosen.filter((other) => other !== value);
    model.set({ filter: { ...model.state.filter, [name]: on ? [...others, value] : others } });
  };
  return (
    <details class="timeline-filter" name="timeline-filter">
      <summary>
        {TITLES[name]}: {chosen.length === 0 ? "all" : `${chosen.length} of ${all.length}`}
      </summary>
      <fieldset>
        <legend>Show only</legend>
        {all.map((choice) => (
          <label key={choice.value}>
            <input
              type="checkbox"
              checked={chosen.includes(choice.value)}
              onChange={({ currentTarget }) => choose(choice, currentTarget.checked)}
            />{" "}
            {choice.value} <span class="timeline-note">{choice.count.toLocaleString("en-US")}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
