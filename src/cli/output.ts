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

/** How long something takes, for a person: `9 s`, `3 min`, `2 h`. */
function span(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/**
 * How far work has come, how fast it goes and how long it will take if it goes on so.
 * @param ms since it began
 */
export function progressLine(done: number, total: number, ms: number): string {
  const share = total > 0 ? Math.min(0.99, done / total) : 0;
  const rate = done / ms / 1000;
  const left = share > 0 ? `, ${span((ms / 1000) * (1 / share - 1))} left` : "";
  return `reading: ${Math.floor(100 * share)} % of ${(total / 1e6).toFixed(1)} MB, ${rate.toFixed(0)} MB/s${left}`;
}

/** A line on standard error that tells how far long work has come; silent unless that is a terminal. */
export class Progress {
  private done = 0;
  private last = 0;
  private shown = false;
  private readonly begun = performance.now();

  constructor(
    private readonly total: number,
    private readonly active: boolean,
  ) {}

  add(bytes: number): void {
    this.done += bytes;
    if (!this.active) return;
    const ms = performance.now() - this.begun;
    if (ms < 500 || ms - this.last < 100) return;
    this.last = ms;
    this.shown = true;
    process.stderr.write(`\r\x1b[K${progressLine(this.done, this.total, ms)}`);
  }

  end(): void {
    if (this.shown) process.stderr.write("\r\x1b[K");
  }
}
