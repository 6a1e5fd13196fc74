import { type Fact, Hosts } from "../clock/host/facts.js";
import { readLink } from "../clock/host/read.js";
import type { Told } from "../clock/host/told.js";
import type { Observed } from "../clock/observed.js";
import { mainFormat } from "../decode/text/claim.js";
import type { FoundLink } from "../evidence/walk.js";
import type { Surveyed } from "./survey.js";

/** What the clock stage is to know of the sources: their stamps, and what their bundles tell of their hosts. */
export function observations(surveyed: readonly Surveyed[], links: readonly FoundLink[]): Observed[] {
  const told: Fact<Told>[] = surveyed.flatMap((member) =>
    member.told ? [{ value: member.told, path: member.source.path }] : [],
  );
  for (const { shown, target } of links) {
    const value = readLink(shown, target);
    if (value) told.push({ value, path: shown });
  }
  const hosts = new Hosts(told);
  return surveyed.map(({ source, samples, range, resolution, kind, detection }) => ({
    source: source.id,
    path: source.path,
    samples,
    range,
    resolution,
    standsFor: kind === "packets" ? "moment" : mainFormat(detection)?.standsFor,
    host: hosts.of(source.path),
  }));
}
