import fs from "node:fs";
import readline from "node:readline";
import { Writable } from "node:stream";
import { UsageError } from "./output.js";
import type { RedactFlags } from "./redact-flags.js";

/**
 * The passphrase: of a file, of the environment, or as it is typed. Never of the command line, which every user of a machine can see.
 * @throws UsageError where there is none
 */
export async function passphraseFor({ passphraseFile }: RedactFlags): Promise<string> {
  const given = passphraseFile === undefined ? process.env["HINDCAST_PASSPHRASE"] : firstLine(passphraseFile);
  if (given !== undefined && given !== "") return given;
  if (passphraseFile !== undefined)
    throw new UsageError(
      `--passphrase-file ${passphraseFile}: its first line is empty; write the passphrase there`,
    );
  if (process.stdin.isTTY !== true)
    throw new UsageError(
      "a passphrase is needed; set HINDCAST_PASSPHRASE, or name a file with --passphrase-file",
    );
  const typed = await asked("Passphrase: ");
  if (typed === "") throw new UsageError("the passphrase is empty; nothing was written");
  return typed;
}

function firstLine(file: string): string {
  try {
    return fs.readFileSync(file, "utf8").split(/\r?\n/)[0] ?? "";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--passphrase-file ${file}: this file can't be read (${code}); check the path`);
  }
}

/** Asks on the terminal, and shows nothing of what is typed. */
function asked(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = readline.createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    terminal.question("", (answer) => {
      terminal.close();
      process.stderr.write("\n");
      resolve(answer);
    });
  });
}
