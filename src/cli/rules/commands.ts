import { Command, Option } from "commander";

const list = (value: string, before: string[] = []) => [...before, value];

const withRules = (command: Command): Command =>
  command.option("--rules <dir>", "add the rules of a folder (repeatable)", list);

/**
 * `hindcast rules …`; what each does is loaded when it is asked for.
 * @param evidenceOptions adds the options of the commands that read evidence
 */
export function rulesCommand(evidenceOptions: (command: Command) => Command): Command {
  const rules = new Command("rules")
    .description("list, show, write, test and explain rules; import and export other tools'")
    .action(async () => (await import("./catalogue.js")).list({}));
  withRules(rules.command("list"))
    .description("list the rules")
    .action(async (options) => (await import("./catalogue.js")).list(options));
  withRules(rules.command("show").argument("<id>", "a rule's id"))
    .description("all that a rule says of itself")
    .action(async (id, options) => (await import("./catalogue.js")).show(id, options));
  withRules(rules.command("test").argument("[id or dir...]", "only these rules, or those of these folders"))
    .description("run the rules' own cases")
    .action(async (ids, options) => (await import("./cases.js")).test(ids, options));
  withRules(
    evidenceOptions(
      rules
        .command("explain")
        .argument("<id>", "a rule's id")
        .argument("<path...>", "files, folders or patterns of evidence"),
    ),
  )
    .description("say why a rule did not fire on evidence: what it looked at, and what was missing")
    .addOption(
      new Option("-f, --format <format>", "how to print it").choices(["text", "json"]).default("text"),
    )
    .action(async (id, paths, options) => (await import("./explain.js")).explain(id, paths, options));
  withRules(
    rules
      .command("new")
      .argument("<id>", "the new rule's id, such as disk-full")
      .option("--from <file:line>", "a record that it is to find: gives the query and the first case")
      .option("--grammars <dir>", "add the grammars of a folder (repeatable)", list)
      .option("-o, --output <file>", "write to a file, whole or not at all"),
  )
    .description("draft a rule file to go on from")
    .action(async (id, options) => (await import("./draft.js")).draft(id, options));
  rules
    .command("import")
    .argument("<file>", "a file of Sigma rules (YAML), with the correlations between them")
    .option("-d, --output-dir <dir>", "write each rule to a file of this folder (default: standard output)")
    .description("make rules of Sigma rules, and say what could not be carried over")
    .action(async (file, options) => (await import("./import.js")).importRules(file, options));
  withRules(
    rules
      .command("export")
      .argument("[id...]", "only these rules")
      .option("--elastic", "as Elastic detection rules (NDJSON) that run over exported events")
      .option("--index <pattern>", "indices with exported events (repeatable; default: hindcast-*)", list)
      .option("-o, --output <file>", "write to a file, whole or not at all"),
  )
    .description("write rules for another tool, and say what could not be carried over")
    .action(async (ids, options) => (await import("./export.js")).exportRules(ids, options));
  return rules;
}
