/** The trackers whose markup is written. */
export const FLAVORS = ["github", "gitlab", "jira"] as const;
export type Flavor = (typeof FLAVORS)[number];

/** How long a report may be, and in what that is counted. */
export interface Limit {
  most: number;
  unit: "bytes" | "characters";
  measure: (text: string) => number;
}

/** UTF-8. No tracker counts more than that: neither code points nor UTF-16 units are ever more. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

export const bytes = (most: number): Limit => ({ most, unit: "bytes", measure: bytesOf });

/** Code points, of which a text never has more than UTF-16 units. */
const characters = (most: number): Limit => ({ most, unit: "characters", measure: ({ length }) => length });

/**
 * What trackers take, with room for a few words around the report and for lines that a browser ends with two characters.
 *
 * - GitHub: 65 536 characters ("body is too long (maximum is 65536 characters)");
 * - GitLab: 1 MiB for descriptions, 1 000 000 characters for comments (`Gitlab::Database::MAX_TEXT_SIZE_LIMIT`);
 * - Jira: 32 767 characters (`jira.text.field.character.limit`; "It exceeds the allowed limit of 32767 characters").
 */
export const LIMITS: Readonly<Record<Flavor, Limit>> = {
  github: characters(60_000),
  gitlab: bytes(950_000),
  jira: characters(30_000),
};
