import { type Document, documentOf } from "../document.js";
import type { ExportedEvent } from "../event.js";
import type { Exporter } from "../handover.js";
import { jsonDocument } from "../json.js";
import { findingDocument } from "./finding.js";
import { DocumentIds } from "./ids.js";
import { ECS_VERSION, indexNames } from "./template.js";

/** ECS has lists in some places where events have one value. */
const LISTS: ReadonlySet<string> = new Set(["event.category", "host.ip", "host.mac"]);

function eventDocument(event: ExportedEvent): Document {
  const document = documentOf(event);
  for (const entry of document)
    if (LISTS.has(entry[0]) && typeof entry[1] === "string") entry[1] = [entry[1]];
  document.push(["event.kind", "event"], ["ecs.version", ECS_VERSION]);
  return document;
}

/**
 * NDJSON for Elasticsearch's `_bulk`
 * (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk): a line with the action, a line with the document, each
 * with a newline, the last one too. Documents have dotted names, which the template's `subobjects: false` keeps as they are; what has no
 * time has no `@timestamp`. Findings come first.
 *
 * @param prefix what the names of the indices begin with
 */
export const exportEcs = (prefix: string): Exporter =>
  async function* ({ events, report }) {
    const index = indexNames(prefix);
    const ids = new DocumentIds(report);
    const action = (name: string, id: string | undefined) =>
      `{"index":${jsonDocument(
        id === undefined
          ? [["_index", name]]
          : [
              ["_index", name],
              ["_id", id],
            ],
      )}}\n`;
    if (report)
      for (const finding of report.findings)
        yield action(index.findings, ids.ofFinding(finding.id)) +
          `${jsonDocument([...findingDocument(finding, report), ["ecs.version", ECS_VERSION]])}\n`;
    const lines = (event: ExportedEvent) =>
      action(index.events, ids.ofEvent(event)) + `${jsonDocument(eventDocument(event))}\n`;
    for await (const batch of events) yield batch.map(lines).join("");
  };
