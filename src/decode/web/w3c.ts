import { UnreadableRecord } from "../../grammar/exec.js";
import type { Grammar } from "../../grammar/types.js";
import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";

/** Directives of the W3C's Extended Log File Format (https://www.w3.org/TR/WD-logfile.html). */
const DIRECTIVE = /^#(?:Software|Version|Date|Fields|Start-Date|End-Date|Remark):/;
const HEADER_LINES = 16;
const HEADER_BYTES = 16 << 10;

/** The directives at a text's beginning; an empty text when it has none. */
export function w3cHead(text: string): string {
  if (!DIRECTIVE.test(text)) return "";
  const lines: string[] = [];
  for (const line of text.slice(0, HEADER_BYTES).split(/\r?\n/, HEADER_LINES)) {
    if (!DIRECTIVE.test(line)) break;
    lines.push(line);
  }
  return lines.join("\n");
}

const NS_PER_MS = 1e6;

/** The format of such a log, from its directives; `undefined` when they name no columns. Its times are GMT. */
export function w3cTable(head: string): Grammar | undefined {
  const columns = /^#Fields:[ \t]*(.+)$/m.exec(head)?.[1]?.trim().split(/\s+/);
  if (!columns) return undefined;
  // The draft has seconds, IIS milliseconds.
  const unit = /^#Software: Microsoft/m.test(head) ? NS_PER_MS : 1000 * NS_PER_MS;
  return envelopeOf({
    name: "w3c-log",
    title: "W3C extended logs (IIS, CloudFront)",
    file: "src/decode/web/w3c.ts",
    event: "http.access",
    look: new RegExp(`[^#\\s][^\\s]*(?:[ \\t][^\\s]+){${columns.length - 1}}\\s*$`, "y"),
    read: (record) => {
      const cells = record.trim().split(/[ \t]/);
      if (cells.length !== columns.length) throw new UnreadableRecord("not as many cells as columns");
      return rowFields(new Map(columns.map((name, i) => [name.toLowerCase(), cells[i]!])), unit);
    },
    stamps: ["rfc3339", "hms"],
    set: { "event.category": "web", "event.dataset": "http.access" },
    also: [
      {
        event: "log.separator",
        look: /#(?:Software|Version|Date|Fields|Start-Date|End-Date|Remark):[^\n]*$/y,
      },
    ],
  });
}

function rowFields(row: ReadonlyMap<string, string>, unit: number): Fields {
  const text = (...names: string[]): string | undefined =>
    names.map((name) => row.get(name)).find((cell) => cell !== undefined && cell !== "-" && cell !== "");
  const number = (...names: string[]): number | undefined => {
    const value = Number(text(...names) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const [date, time, took] = [text("date"), text("time"), number("time-taken")];
  const query = text("cs-uri-query");
  const stem = text("cs-uri", "cs-uri-stem");
  return {
    "@timestamp": date && time ? `${date}T${time}Z` : time,
    "@timestamp.kind": time === undefined ? undefined : date ? "rfc3339" : "hms",
    "source.ip": text("c-ip"),
    "destination.ip": text("s-ip"),
    "destination.port": number("s-port"),
    "host.hostname": text("s-computername")?.toLowerCase(),
    "user.name": text("cs-username"),
    "http.request.method": text("cs-method"),
    "url.original": stem && query ? `${stem}?${query}` : stem,
    "url.domain": text("x-host-header", "cs-host", "cs(host)")?.toLowerCase(),
    "http.response.status_code": number("sc-status"),
    "http.response.body.bytes": number("sc-bytes"),
    "http.request.referrer": text("cs(referer)"),
    // Blanks are written as +.
    "user_agent.original": text("cs(user-agent)")?.replaceAll("+", " "),
    "event.duration": took === undefined ? undefined : Math.round(took * unit),
  };
}
