import { createHash } from "node:crypto";
import type { Report } from "../../report/contract.js";
import type { ExportedEvent } from "../event.js";

/** A source whose records are named, and the last of them. */
interface Named {
  /** Tells its path and content from all others. */
  digest: string;
  offset: number;
  /** How many events the record at this offset gave before: one record may give several. */
  count: number;
}

/**
 * Names documents by what they are of (path and SHA-256 of the source, place of the record), so that the same evidence sent twice gives
 * the same documents and no copies. `undefined` for a source of which the report has no hash: Elasticsearch then names the document.
 */
export class DocumentIds {
  private readonly sources = new Map<string, Named>();
  private readonly all: string;

  constructor(report: Report | undefined) {
    const sources = report?.sources ?? [];
    for (const { path, sha256 } of sources)
      this.sources.set(path, { digest: digest([path, sha256]), offset: -1, count: 0 });
    this.all = digest(sources.flatMap(({ path, sha256 }) => [path, sha256]));
  }

  ofEvent({ source, offset }: ExportedEvent): string | undefined {
    const named = this.sources.get(source);
    if (named === undefined) return undefined;
    named.count = named.offset === offset ? named.count + 1 : 0;
    named.offset = offset;
    return `${named.digest}-${offset}-${named.count}`;
  }

  /** A finding is named by the evidence that it was found in. */
  ofFinding(id: string): string {
    return `${this.all}-${id}`;
  }
}

const digest = (parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\0")).digest("base64url").slice(0, 22);
