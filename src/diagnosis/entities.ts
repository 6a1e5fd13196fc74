import type { Finding } from "../model/finding.js";

/** Set to "true" where the trace cut the name: what is left of it is sure, the rest is unknown. */
const NAME_CUT = "dns.question.name_cut";
const NAME = "dns.question.name";
const REPOSITORY = "registry.repository";
/** What may stand before the name of an image of Docker Hub (github.com/distribution/reference). */
const OF_THE_HUB = /^(?:(?:index\.)?docker\.io\/)?(?:library\/)?/;

/**
 * One way to write a value: lower case, no trailing dot, and no port behind a host or an IPv4 address
 * (`hub.example.net:5000`). Values with more than one colon (MAC and IPv6 addresses) keep theirs.
 */
export function canonical(value: string): string {
  const lower = value.toLowerCase();
  const colon = lower.indexOf(":");
  const host =
    colon > 0 && colon === lower.lastIndexOf(":") && /^\d{1,5}$/.test(lower.slice(colon + 1))
      ? lower.slice(0, colon)
      : lower;
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

/** The name of an image as people write it: clients print `docker.io/library/web` where the daemon writes `web`. */
const familiar = (repository: string): string => canonical(repository).replace(OF_THE_HUB, "");

/** Distinct canonical values of an entity field. */
export function valuesOf(finding: Finding, field: string): string[] {
  const values = finding.entities[field];
  if (values === undefined) return [];
  const written = field === REPOSITORY ? familiar : canonical;
  return [...new Set(values.map(written))].filter((value) => value !== "");
}

/**
 * Whether this field's values are beginnings only. strace prints the first 32 bytes of a buffer by default, so that the
 * name in a DNS question may lack its end; such a name stands for every name that begins with it.
 */
export function areBeginnings(finding: Finding, field: string): boolean {
  return field === NAME && (finding.entities[NAME_CUT]?.includes("true") ?? false);
}

/** A beginning tells something only with a whole label and more: `docker.` and what follows. */
export function isTellingBeginning(value: string): boolean {
  const dot = value.indexOf(".");
  return dot > 0 && value.length - dot > 2;
}

/** Whether a finding names nothing by which it could be told from another one: none of these fields has a value. */
export function isNameless(finding: Finding, fields: ReadonlySet<string>): boolean {
  for (const field of fields) if (valuesOf(finding, field).length > 0) return false;
  return true;
}
