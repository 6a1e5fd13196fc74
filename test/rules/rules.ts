import { loadRules } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";

/** Loads one rule from YAML lines below the fixed head; throws its problems. */
export function rule(body: string, id = "test-rule"): Rule {
  const head = `id: ${id}\ntitle: A test\nseverity: high\ndescription: For tests.\n`;
  const summary = /^summary:/m.test(body) ? "" : 'summary: "{count} matches"\n';
  const { rules, problems } = loadRules([{ file: `${id}.yaml`, text: head + summary + body }]);
  if (problems.length > 0 || rules[0] === undefined) throw new Error(problems.join("\n"));
  return rules[0];
}
