import fs from "node:fs";
import path from "node:path";

/** Wrong use of the command line: the message alone is shown, and the exit status is 2. */
export class UsageError extends Error {}

/** Is there something at this place that is no ordinary file: a device, a pipe? It must be written to, not replaced. */
function isSpecial(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

/**
 * Writes a file whole or not at all: into a neighbour first, which then takes its place. Devices and pipes are written to.
 * Throws UsageError when the place can't be written.
 */
export function writeWhole(file: string, text: string): void {
  const beside = path.join(path.dirname(path.resolve(file)), `.${path.basename(file)}.${process.pid}.part`);
  try {
    if (isSpecial(file)) {
      fs.writeFileSync(file, text);
      return;
    }
    fs.writeFileSync(beside, text, { flag: "wx" });
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw new UsageError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? error}); choose another place for -o`,
    );
  }
}

/** Writes to standard output and waits until it is taken; a closed pipe (`| head`) ends the program quietly. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Columns of a page for people: the terminal's within reason; 100 for pipes and files, whoever reads them. */
export function pageWidth(toFile: boolean): number {
  if (toFile || !process.stdout.isTTY) return 100;
  return Math.min(Math.max(process.stdout.columns ?? 100, 60), 140);
}

/** Colours only where a person looks: a terminal, and neither NO_COLOR (no-color.org) nor --no-color nor TERM=dumb. */
export function wantsColour(flag: boolean, toFile: boolean): boolean {
  const env = process.env;
  if (!flag || toFile) return false;
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  if (env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0") return true;
  return process.stdout.isTTY === true && env["TERM"] !== "dumb";
}

/** Does the terminal show UTF-8? Pipes and files always get it. */
export function wantsUtf8(): boolean {
  const locale = process.env["LC_ALL"] || process.env["LC_CTYPE"] || process.env["LANG"] || "";
  return process.stdout.isTTY !== true || locale === "" || /utf-?8/i.test(locale);
}
