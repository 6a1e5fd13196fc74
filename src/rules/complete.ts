import type { Rule } from "./rule.js";
import type { Path } from "./rule-text.js";

/** Each rule is to be shown by so many cases that it finds, and by so many near-misses. */
const LEAST_FOUND = 2;
const LEAST_NEAR_MISSES = 2;

/** What a rule of the catalogue must not lack, beside what every rule needs to run; a user's own rule may. */
const PARTS: readonly (readonly [key: keyof Rule, name: string, why: string])[] = [
  ["needs", "needs", "the evidence that it looks at, and the commands that collect it"],
  ["remediation", "remediation", "what to do"],
  ["verify", "verify", "how to see that it worked"],
  ["falsePositives", "false_positives", "what looks like it and is not"],
  ["references", "references", "where its facts come from"],
];

/**
 * What a rule lacks to be part of the catalogue, in sentences, with the path of each place. Empty: nothing.
 *
 * @param written the keys that the file has: causes may be empty, but must be thought of
 */
export function incompleteness(rule: Rule, written: ReadonlySet<string>): { path: Path; message: string }[] {
  const lacks: { path: Path; message: string }[] = [];
  for (const [key, name, why] of PARTS) {
    if ((rule[key] as readonly unknown[]).length === 0)
      lacks.push({ path: [name], message: `a rule of the catalogue needs \`${name}\`: ${why}` });
  }
  if (!written.has("causes"))
    lacks.push({
      path: ["causes"],
      message: "a rule of the catalogue needs `causes`: what it explains, or `[]` for nothing",
    });
  const found = rule.cases.filter(({ expect }) => expect === "found").length;
  const nearMisses = rule.cases.length - found;
  if (found < LEAST_FOUND || nearMisses < LEAST_NEAR_MISSES)
    lacks.push({
      path: ["cases"],
      message: `a rule of the catalogue needs ${LEAST_FOUND} cases that are found and ${LEAST_NEAR_MISSES} near-misses; it has ${found} and ${nearMisses}`,
    });
  return lacks;
}

/**
 * What its cases lack in breadth: a rule that was only ever shown one format may rest on that format's peculiarities.
 *
 * @param formats of the records that its findings cite, for each case that is found
 */
export function narrowness({ oneFormat }: Rule, formats: readonly (readonly string[])[]): string | undefined {
  const kinds = new Set(formats.map((names) => [...names].sort().join(" and ")));
  const isNarrow = kinds.size < 2;
  if (isNarrow === (oneFormat !== undefined)) return undefined;
  return isNarrow
    ? `all cases that are found are of one format (${[...kinds].join()}): add one of another, or say in \`one_format\` why there is none`
    : `its cases are of several formats (${[...kinds].join(", ")}), so that \`one_format\` is not true`;
}
