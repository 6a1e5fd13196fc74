/** @jsxImportSource preact */
import { findingLink } from "../../timeline/parts.js";
import { factsOf, findingTimes } from "../../timeline/words.js";
import { Facts } from "./facts.js";
import type { Model } from "./model.js";
import { useModel } from "./use-model.js";

/** What is known of the selected event, transaction or finding. */
export function Details({ model }: { model: Model }) {
  useModel(model, "choice");
  const { item, finding, clock } = model;
  if (finding)
    return (
      <section class="timeline-details" aria-label="Selected finding">
        <p>
          <strong>{finding.title}</strong> ({finding.severity})
        </p>
        <p>{finding.summary}</p>
        <Facts facts={findingTimes(finding, clock)} />
        <p>
          <a href={findingLink(finding.id)}>What the report says of it</a>
        </p>
      </section>
    );
  if (!item) return null;
  const citing = model.findings.filter(({ id }) => item.findingIds.includes(id));
  return (
    <section class="timeline-details" aria-label="Selected event">
      <p>
        <strong>{item.label}</strong>
      </p>
      <Facts facts={factsOf(item, clock)} />
      <p>
        <button type="button" onClick={() => model.frameItem(item)}>
          Zoom to it
        </button>
      </p>
      {citing.length > 0 && <p>Cited by:</p>}
      <ul>
        {citing.map((citing) => (
          <li key={citing.id}>
            <button type="button" onClick={() => model.frameFinding(citing)}>
              {citing.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
