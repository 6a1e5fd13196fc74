/** What can be masked, by the words of `--redact`. */
export const KINDS = [
  "secrets",
  "ip",
  "mac",
  "host",
  "domain",
  "user",
  "email",
  "container",
  "image",
] as const;
export type Kind = (typeof KINDS)[number];
export type Kinds = ReadonlySet<Kind>;

/** `--redact` alone: what nobody else should ever get, and what tells of people. Addresses and names of machines tell the story. */
export const DEFAULT_KINDS: Kinds = new Set<Kind>(["secrets", "user", "email"]);

/** A word behind `--redact=` that is no kind. */
export class UnknownKind extends Error {}

/**
 * Reads a list such as `ip,host`; `all` stands for every kind. Secrets are always among them.
 * @throws UnknownKind with what can be written instead
 */
export function parseKinds(list: string): Kinds {
  const kinds = new Set<Kind>(["secrets"]);
  for (const word of list.split(",").map((part) => part.trim().toLowerCase())) {
    if (word === "all") for (const kind of KINDS) kinds.add(kind);
    else if (word === "default") for (const kind of DEFAULT_KINDS) kinds.add(kind);
    else if ((KINDS as readonly string[]).includes(word)) kinds.add(word as Kind);
    else
      throw new UnknownKind(
        `"${word}" is nothing that can be masked; choose of ${KINDS.join(", ")}, default or all`,
      );
  }
  return kinds;
}
