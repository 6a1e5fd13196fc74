import Table from "cli-table3";
import { inWords } from "../rules/command.js";
import type { Rule } from "../rules/rule.js";
import { VERSION } from "../version.js";
import { print, UsageError } from "./output.js";
import { rulesFor } from "./own-rules.js";

interface RuleFlags {
  rules?: string[];
}

const plainTable = (head: string[]) =>
  new Table({
    head,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "",
      "mid-mid": "",
      right: "",
      "right-mid": "",
      middle: "",
    },
  });

function pick(rules: readonly Rule[], ids: readonly string[]): Rule[] {
  return ids.map((id) => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule) throw new UsageError(`${id}: there is no such rule; hindcast rules lists them`);
    return rule;
  });
}

/** `hindcast rules list` */
export async function list(flags: RuleFlags): Promise<void> {
  const table = plainTable(["rule", "severity", "what it means"]);
  for (const rule of await rulesFor(flags.rules)) table.push([rule.id, rule.severity, rule.title]);
  await print(`${table.toString()}\n`);
}

/** `hindcast rules show ID` */
export async function show(id: string, flags: RuleFlags): Promise<void> {
  const [rule] = pick(await rulesFor(flags.rules), [id]);
  const section = (name: string, lines: readonly string[]) =>
    lines.length > 0 ? `\n${name}\n${lines.map((line) => `  - ${line}`).join("\n")}\n` : "";
  const {
    title,
    severity,
    description,
    queries,
    cannotTell,
    causes,
    remediation,
    verify,
    falsePositives,
    references,
  } = rule!;
  await print(
    [
      `${id} (${severity}): ${title}\n\n${description.trim()}\n`,
      section(
        "Fires when",
        queries.map((query) => `${query.id} (confidence ${query.confidence}): ${query.eql.trim()}`),
      ),
      section(
        "Cannot tell when",
        cannotTell.map((open) => `${open.why}; this would have settled it: ${open.command}`),
      ),
      section(
        "Explains",
        causes.map((cause) => cause.rule),
      ),
      section("Do this", remediation.map(inWords)),
      section("Check that it worked", verify.map(inWords)),
      section("Not this", falsePositives),
      section("References", references),
    ].join(""),
  );
}

/** `hindcast rules test [ID…]`: exit status 1 when a case fails. */
export async function test(ids: readonly string[], flags: RuleFlags): Promise<void> {
  const rules = await rulesFor(flags.rules);
  const chosen = ids.length > 0 ? pick(rules, ids) : rules;
  // To list rules nothing is read by them.
  const { grammars } = await import("../grammar/generated.js");
  const { runCases } = await import("../rules/cases.js");
  const { withCases } = await import("../rules/builtin-cases.js");
  const { caseRunner } = await import("../run/cases.js");
  const results = await runCases(withCases(chosen), caseRunner({ grammars, rules, version: VERSION }));
  const failed = results.filter((result) => result.problem !== undefined);
  for (const { rule, name, problem } of failed) await print(`FAIL ${rule}: ${name}\n     ${problem}\n`);
  await print(
    `${chosen.length} rules, ${results.length} cases: ${results.length - failed.length} passed, ${failed.length} failed\n`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
