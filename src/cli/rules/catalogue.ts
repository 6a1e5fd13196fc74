import Table from "cli-table3";
import { inWords } from "../../api/rules.js";
import { print } from "../output.js";
import { rulesFor } from "../own-rules.js";
import { pick } from "./pick.js";

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
