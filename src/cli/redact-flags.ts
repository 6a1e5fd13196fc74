import { type Command, InvalidArgumentError } from "commander";
import { type Kinds, parseKinds, UnknownKind } from "../api/redact-kinds.js";

/** Flags about masking, of every command that prints evidence. */
export interface RedactFlags {
  redact?: Kinds;
  redactKey?: string;
  redactMap?: string;
  passphraseFile?: string;
}

const kinds = (value: string): Kinds => {
  try {
    return parseKinds(value);
  } catch (error) {
    if (error instanceof UnknownKind) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
};

/** Adds the options of {@link RedactFlags} to a command. */
export function redactOptions(command: Command): Command {
  return command
    .option(
      "--redact <kinds>",
      "mask secrets, user names and e-mail addresses: --redact; or secrets and what is named: --redact=ip,mac,host,domain,user,email,container,image or =all",
      kinds,
    )
    .option(
      "--redact-key <file>",
      "what pseudonyms depend on, to get the same again (-: the passphrase; default: a new one each time)",
    )
    .option("--redact-map <file>", "write what stands for what aside, encrypted with a passphrase")
    .option(
      "--passphrase-file <file>",
      "the passphrase (default: HINDCAST_PASSPHRASE, else it is asked for)",
    );
}

/** Flags of `hindcast redact`. */
export interface RedactCommandFlags extends RedactFlags {
  output?: string;
  openMap?: string;
  grammars?: string[];
  tmp?: string;
  quiet?: boolean;
}

const EXAMPLES = `
Examples:
  hindcast redact ./incident-4711 -o ./for-the-vendor
  hindcast redact ./incident-4711 -o ./for-the-vendor --redact=all --redact-map ./map.sealed
  hindcast redact --open-map ./map.sealed

What cannot be masked for certain (journald's own files, unknown binary data) is not copied, and is named. docs/REDACT.md says more.
Exit status: 0 copied; 2 wrong usage; 3 nothing was copied; 4 copied, but some evidence was not.`;

/** The arguments and options of `hindcast redact`. */
export function redactCommandOptions(command: Command): Command {
  const list = (value: string, before: string[] = []) => [...before, value];
  return redactOptions(command.argument("[path...]", "files, folders or patterns; folders are read whole"))
    .description("write masked copies of evidence, which tell the same story")
    .option("-o, --output <dir>", "the folder for the copies: a new one, or an empty one")
    .option("--open-map <file>", "print what --redact-map wrote, and do nothing else")
    .option("--grammars <dir>", "add the grammars of a folder (repeatable)", list)
    .option("--tmp <dir>", "a folder for temporary files (default: the system's)")
    .option("-q, --quiet", "no notes on standard error")
    .addHelpText("after", EXAMPLES);
}
