/** @jsxImportSource preact */
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
      <details class="timeline-list">
        <summary>Findings in view ({findings.length})</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col">Severity</th>
              <th scope="col">Finding</th>
            </tr>
          </thead>
          <tbody>
            {findings.slice(0, MOST_ROWS).map((finding) => (
              <tr key={finding.id} class={state.selected === findingKey(finding.id) ? "selected" : undefined}>
                <td>{clock.point(finding.span.from)}</td>
                <td>{finding.severity}</td>
                <td>
                  <button type="button" onClick={() => model.frameFinding(finding)}>
                    {finding.title}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Rest all={findings.length} />
      </details>
      <details class="timeline-list">
        <summary>Events and transactions in view ({items.length})</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Kind</th>
              <th scope="col">What</th>
              <th scope="col">Record</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, MOST_ROWS).map((item) => (
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
            ))}
          </tbody>
        </table>
        <Rest all={items.length} />
      </details>
    </>
  );
}

const Rest = ({ all }: { all: number }) =>
  all > MOST_ROWS ? (
    <p class="timeline-note">
      and {(all - MOST_ROWS).toLocaleString("en-US")} more: zoom in to see them here.
    </p>
  ) : null;
