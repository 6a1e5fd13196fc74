import type { Report, ReportClock } from "./contract.js";
import { duration } from "./durations.js";
import { counted } from "./page.js";

/** Stamps that say everything by themselves. */
const ABSOLUTE = new Set(["rfc3339", "epoch", "clf"]);

/** The clocks that there is something to say about: inferred ones, those that disagree, those without a date. */
export function tellingClocks(report: Report): ReportClock[] {
  return report.clocks.filter(({ kind, offset, floating, drift, matches }) => {
    if (matches > 0 || drift || (offset?.best ?? 0) !== 0) return true;
    return kind !== "none" && (floating || !ABSOLUTE.has(kind));
  });
}

/** Does an offset's interval leave room for no offset at all? */
export const mayBeNone = ({ min, max }: { min: number | null; max: number | null }) =>
  (min ?? -1) <= 0 && (max ?? 1) >= 0;

/** `clock-2 (access.log): 110 ms behind, ±0.4 ms, from 14 shared events; …`. */
export function clockSentence({ id, sources, offset, matches, basis, floating, drift }: ReportClock): string {
  const parts: string[] = [];
  if (floating) parts.push("date unknown");
  else if (offset?.best != null && (offset.best !== 0 || matches > 0))
    parts.push(offsetText(offset, offset.best));
  if (drift) parts.push(`drifting by ${(drift * 1e6).toFixed(1)} ppm`);
  if (matches > 0) parts.push(`from ${counted(matches, "shared event")}`);
  const more = sources.length > 1 ? ` and ${sources.length - 1} more` : "";
  const name = sources.length > 0 ? `${id} (${sources[0]}${more})` : id;
  return [
    `${name}: ${parts.length > 0 ? parts.join(", ") : basis}`,
    ...(parts.length > 0 && basis !== "" ? [basis] : []),
  ].join("; ");
}

function offsetText(offset: { min: number | null; max: number | null }, best: number): string {
  const { min, max } = offset;
  if (mayBeNone(offset) || Math.abs(best) < 5e-7) {
    if (min === null || max === null) return "may be in step with the others";
    if (min === 0 && max === 0) return "in step with the others";
    return `in step with the others to within ${duration(Math.max(Math.abs(min), Math.abs(max)) * 1e6)}`;
  }
  const margin = min === null || max === null ? "" : `, ±${duration(((max - min) / 2) * 1e6)}`;
  return `${duration(best * 1e6)} ${best > 0 ? "ahead of" : "behind"} the others${margin}`;
}
