/** @jsxImportSource preact */
import type { JSX } from "preact";
import { stretchOf } from "../../timeline/items.js";
import { outside } from "../../timeline/parts.js";
import { findingKey } from "../../timeline/search.js";
import type { Model } from "./model.js";
import { useModel } from "./use-model.js";

/** Rows of a table that a reader can still go through. */
const MOST_ROWS = 100;

/** What is in view as tables: the same as the picture for who does not see it. */
export function Lists({ model }: { model: Model }) {
  useModel(model, "rest");
  const { extent, clock, state } = model;
  const findings = model.rows.filter((row) => !outside(row, extent)).map(({ finding }) => finding);
  const items = model.shown.filter(
    (item) => stretchOf(item).to >= extent.from && stretchOf(item).from <= extent.to,
  );
  return (
    <>
      <Listed caption="Findings in view" columns={["Began", "Severity", "Finding"]} rows={findings}>
        {(finding) => (
          <tr key={finding.id} class={state.selected === findingKey(finding.id) ? "selected" : undefined}>
            <td>{clock.point(finding.span.from)}</td>
            <td>{finding.severity}</td>
            <td>
              <button type="button" onClick={() => model.frameFinding(finding)}>
                {finding.title}
              </button>
            </td>
          </tr>
        )}
      </Listed>
      <Listed
        caption="Events and transactions in view"
        columns={["Time", "Kind", "What", "Record"]}
        rows={items}
      >
        {(item) => (
          <tr key={item.key} class={state.selected === item.key ? "selected" : undefined}>
            <td>{clock.moment(item.from)}</td>
            <td>{item.action}</td>
            <td>
              <button type="button" onClick={() => model.set({ selected: item.key })}>
                {item.label}
              </button>
            </td>
            <td>
              {item.source}:{item.line}
            </td>
          </tr>
        )}
      </Listed>
    </>
  );
}

interface ListedProps<T> {
  caption: string;
  columns: readonly string[];
  rows: readonly T[];
  /** Draws one row. */
  children: (row: T) => JSX.Element;
}

/** A table that opens on demand, with as many rows as a reader can go through. */
function Listed<T>({ caption, columns, rows, children }: ListedProps<T>) {
  return (
    <details class="timeline-list">
      <summary>
        {caption} ({rows.length})
      </summary>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.slice(0, MOST_ROWS).map(children)}</tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p class="timeline-note">
          and {(rows.length - MOST_ROWS).toLocaleString("en-US")} more: zoom in to see them here.
        </p>
      )}
    </details>
  );
}
