import type { ReportEvidence, ReportSource } from "../../report/contract.js";
import { wellFormed } from "../json.js";

/** What relative paths are relative to: where the evidence was given from. */
export const BASE = "EVIDENCE";

/**
 * Text of a message as it stands: `[words](address)` and `{0}` in it, which may come from evidence, are no link and no place for an
 * argument (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
export function plainText(text: string): string {
  const braced = /\{\d+\}/.test(text) ? text.replace(/[{}]/g, "$&$&") : text;
  return braced.includes("](") ? braced.replace(/[\\[\]]/g, "\\$&") : braced;
}

/** A path as a relative URI reference (RFC 3986): every segment escaped, so that no colon makes a scheme of its beginning. */
export const uriOf = (path: string): string =>
  path
    .split("/")
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join("/");

/** Sources by path: their number among the artifacts, and whether their records are lines. */
export class Artifacts {
  private readonly places = new Map<string, { index: number; isText: boolean }>();

  constructor(sources: readonly ReportSource[]) {
    for (const [index, { path, format }] of sources.entries())
      this.places.set(path, { index, isText: !/^(?:pcap|pcapng|journal-file)$/.test(format) });
  }

  /**
   * Where a record lies. Records of captures and binary journals are numbered: they have bytes and no lines. Offsets are those of the decoded stream: of a
   * compressed file, what it unpacks to.
   */
  location(record: ReportEvidence, message?: string): Readonly<Record<string, unknown>> {
    const { source, line, offset, length, text } = record;
    const place = this.places.get(source);
    const isText = place?.isText ?? true;
    const said = message ?? (isText ? undefined : `record ${line}`);
    return {
      physicalLocation: {
        artifactLocation: {
          uri: uriOf(source),
          uriBaseId: BASE,
          ...(place && { index: place.index }),
        },
        region: {
          ...(isText && { startLine: line }),
          byteOffset: offset,
          byteLength: length,
          ...(text !== "" && { snippet: { text } }),
        },
      },
      ...(said !== undefined && { message: { text: plainText(said) } }),
    };
  }
}
