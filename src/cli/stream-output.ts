import fs from "node:fs";
import path from "node:path";
import { print, UsageError } from "./output.js";

/** Where a long output goes, piece by piece. */
export interface StreamOutput {
  /** Resolves when the piece is taken. */
  write(piece: string | Uint8Array): Promise<void>;
  /** All is written: the file takes its place. */
  finish(): void;
  /** Leaves nothing behind. */
  abandon(): void;
}

/** Standard output; waits for whoever reads it. */
const toStandardOutput: StreamOutput = {
  write: (piece) =>
    typeof piece === "string"
      ? print(piece)
      : new Promise<void>((resolve, reject) => {
          process.stdout.write(piece, (error) => (error ? reject(error) : resolve()));
        }),
  finish: () => {},
  abandon: () => {},
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A file that is there whole or not at all: written beside its place, which it takes when it is finished, and removed when the program
 * ends before that. Devices and pipes are written to.
 *
 * @param file absent: standard output
 * @throws UsageError when the place can't be written
 */
export function streamOutput(file: string | undefined): StreamOutput {
  if (file === undefined) return toStandardOutput;
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  const isSpecial = stat !== undefined && !stat.isFile() && !stat.isDirectory();
  const beside = isSpecial
    ? file
    : path.join(path.dirname(path.resolve(file)), `.${path.basename(file)}.${process.pid}.part`);
  const tried = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      abandon();
      throw new UsageError(
        `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? error}); choose another place for -o`,
      );
    }
  };
  let fd: number | undefined;
  const interrupted = (signal: NodeJS.Signals) => {
    abandon();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const letGo = () => {
    if (fd !== undefined) fs.closeSync(fd);
    fd = undefined;
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
  };
  const abandon = () => {
    letGo();
    if (!isSpecial) fs.rmSync(beside, { force: true });
  };
  fd = tried(() => fs.openSync(beside, isSpecial ? "w" : "wx"));
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return {
    write: async (piece) => {
      const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
      tried(() => {
        for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd!, bytes, done);
      });
    },
    finish: () => {
      letGo();
      if (!isSpecial) tried(() => fs.renameSync(beside, file));
    },
    abandon,
  };
}
