import { createHash } from "node:crypto";
import type { Report } from "../../report/contract.js";
import type { ExportedEvent } from "../event.js";

/**
 * Names documents by what they are of (path, SHA-256 and place of the record), so that the same evidence sent twice gives the same
 * documents and no copies. `undefined` for a source of which the report has no hash: Elasticsearch then names the document.
 */
export class DocumentIds {
  private readonly hashes = new Map<string, string>();
  /** Of each source the last record, and how many events it gave so far: one record may give several. */
  private readonly last = new Map<string, { offset: number; count: number }>();

  constructor(private readonly report: Report | undefined) {
    for (const { path, sha256 } of report?.sources ?? []) this.hashes.set(path, sha256);
  }

  ofEvent({ source, offset }: ExportedEvent): string | undefined {
    const hash = this.hashes.get(source);
    if (hash === undefined) return undefined;
    const last = this.last.get(source);
    const count = last?.offset === offset ? last.count + 1 : 0;
    this.last.set(source, { offset, count });
    return digest([source, hash, offset, count]);
  }

  /** A finding is named by the evidence that it was found in. */
  ofFinding(id: string): string {
    const sources = this.report?.sources.map(({ path, sha256 }) => [path, sha256]) ?? [];
    return digest(["finding", id, ...sources.flat()]);
  }
}

const digest = (parts: readonly (string | number)[]): string =>
  createHash("sha256").update(parts.join("\0")).digest("base64url").slice(0, 27);
