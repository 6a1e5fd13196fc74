import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LimitError } from "./limits.js";

/** So much is left free where temporary files lie; it is looked after each time that so much was written (bytes). */
const LEAST_FREE = 256 << 20;
const LOOK_EVERY = 64 << 20;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A member of an archive, while it is written. */
export interface SpilledFile {
  readonly absolute: string;
  readonly bytes: number;
  /** @throws LimitError where there is no room for it */
  write(chunk: Buffer): void;
  close(): void;
}

/**
 * A folder for what comes out of archives, which only this user can read: files by number, never by the names that archives have for
 * them. It is made when the first is written, and removed when it is closed, or when the program ends, also by a signal.
 */
export class SpillFolder {
  private dir: string | undefined;
  private count = 0;
  private sinceLook = 0;
  private readonly remove = () => {
    if (this.dir !== undefined) fs.rmSync(this.dir, { recursive: true, force: true });
    this.dir = undefined;
  };
  private readonly interrupted = (signal: NodeJS.Signals) => {
    this.close();
    // Who else listens decides what comes of it; where nobody does, the program ends as it would have.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };

  /** @param parent where the folder is made */
  constructor(private readonly parent = os.tmpdir()) {}

  /** Begins a file. Throws LimitError where none can be written. */
  create(): SpilledFile {
    const absolute = this.tried(() => path.join(this.folder(), String(this.count++)));
    const fd = this.tried(() => fs.openSync(absolute, "wx", 0o600));
    let bytes = 0;
    return {
      absolute,
      get bytes() {
        return bytes;
      },
      write: (chunk) => {
        this.look(chunk.length);
        this.tried(() => {
          for (let done = 0; done < chunk.length; ) done += fs.writeSync(fd, chunk, done);
        });
        bytes += chunk.length;
      },
      close: () => fs.closeSync(fd),
    };
  }

  /** Removes everything. */
  close(): void {
    this.remove();
    process.removeListener("exit", this.remove);
    for (const signal of SIGNALS) process.removeListener(signal, this.interrupted);
  }

  private folder(): string {
    if (this.dir === undefined) {
      this.dir = fs.mkdtempSync(path.join(this.parent, "hindcast-"));
      process.once("exit", this.remove);
      for (const signal of SIGNALS) process.once(signal, this.interrupted);
    }
    return this.dir;
  }

  private tried<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new LimitError(
        `no file could be written in ${this.parent} (${code}); choose another place with --tmp`,
      );
    }
  }

  private look(bytes: number): void {
    this.sinceLook += bytes;
    if (this.sinceLook < LOOK_EVERY) return;
    this.sinceLook = 0;
    const { bavail, bsize } = fs.statfsSync(this.parent);
    if (bavail * bsize < LEAST_FREE)
      throw new LimitError(`there is no room left in ${this.parent}; choose another place with --tmp`);
  }
}
