import { Command, Option } from "commander";

const list = (value: string, before: string[] = []) => [...before, value];

const withGrammars = (command: Command): Command =>
  command.option("--grammars <dir>", "add the grammars of a folder (repeatable)", list);

/** `hindcast formats …`; what each does is loaded when it is asked for. */
export function formatsCommand(): Command {
  const formats = withGrammars(
    new Command("formats").argument(
      "[name]",
      "a format: what it is, where it comes from, its events and fields",
    ),
  )
    .description("list the formats that are known, tell about one, explain a record, write and test grammars")
    .action(async (name: string | undefined, options) => {
      if (name === undefined) await (await import("./catalogue.js")).list(options);
      else await (await import("./sheet.js")).showFormat(name, options);
    });
  withGrammars(formats.command("explain").argument("<file[:line]>", "a file, or one of its lines"))
    .description("show who claimed a record, through which layers, and what the others expected")
    .action(async (target, options) => (await import("./explain.js")).explain(target, options));
  withGrammars(
    formats
      .command("new")
      .argument("<name>", "the new format's name")
      .requiredOption("--from <file>", "a file with lines of the format")
      .addOption(
        new Option("--layer <layer>", "draft the lines as they are, or what they say").choices([
          "envelope",
          "message",
        ]),
      )
      .option("-o, --output <file>", "write to a file, whole or not at all"),
  )
    .description("draft a grammar from sample lines, with samples filled in, to go on from")
    .action(async (name, options) => (await import("./draft.js")).draft(name, options));
  formats
    .command("import")
    .argument("<file>", "an lnav format definition (JSON), a file of grok patterns, or a match expression")
    .option("--name <name>", "the new format's name (default: the file's)")
    .option("--samples <file>", "a log to take samples from")
    .option("-o, --output <file>", "write to a file, whole or not at all")
    .description("make a grammar of another tool's format, and say what could not be carried over")
    .action(async (file, options) => (await import("./import.js")).importFile(file, options));
  formats
    .command("test")
    .argument("<dir>", "a folder of .grammar files")
    .description("check grammars and run their samples")
    .action(async (dir) => (await import("./samples.js")).test(dir));
  return formats;
}
