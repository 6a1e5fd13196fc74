import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import v8 from "node:v8";
import type { Event } from "../model/event.js";

/** Where events go for which there is no room in memory. */
export interface SpillOptions {
  /** A folder for temporary files; default: the system's. */
  dir?: string | undefined;
  /** Events held in memory; further ones go to a file. */
  most?: number | undefined;
}

/** About 16 MB. */
const MOST_EVENTS = 16_384;

/**
 * The events of a source whose records run backwards: taken in the order of the file, given in the opposite one. Few are kept in
 * memory; the others go to a temporary file, which has no name any more as soon as it is open, so that nothing is left of it however
 * the program ends. Where an open file can't be unlinked it is removed at the end.
 */
export class ReversedEvents {
  private readonly dir: string;
  private readonly most: number;
  private batches: Event[][] = [];
  private held = 0;
  private file: TemporaryFile | undefined;
  /** Where the batches lie in the file, in the order in which they were taken. */
  private readonly places: { at: number; length: number }[] = [];
  /** Why no temporary file could be used, when that is so: all is kept in memory then. */
  failure: string | undefined;

  constructor({ dir = os.tmpdir(), most = MOST_EVENTS }: SpillOptions) {
    this.dir = dir;
    this.most = most;
  }

  /** Takes the next events of the file; the array is kept. */
  push(batch: Event[]): void {
    this.batches.push(batch);
    this.held += batch.length;
    if (this.held > this.most && this.failure === undefined) this.spill();
  }

  /** Gives all events, the last one first. Nothing can be added afterwards. */
  *drain(): Generator<Event[]> {
    try {
      for (let batch = this.batches.pop(); batch; batch = this.batches.pop()) yield batch.reverse();
      for (let place = this.places.pop(); place; place = this.places.pop())
        yield (v8.deserialize(this.file!.read(place.at, place.length)) as Event[]).reverse();
    } finally {
      this.close();
    }
  }

  /** Lets go of everything. */
  close(): void {
    this.file?.close();
    this.file = undefined;
    this.batches = [];
    this.places.length = 0;
  }

  private spill(): void {
    try {
      this.file ??= new TemporaryFile(this.dir);
      while (this.batches.length > 0) {
        const bytes = v8.serialize(this.batches[0]);
        this.places.push({ at: this.file.append(bytes), length: bytes.length });
        this.held -= this.batches.shift()!.length;
      }
    } catch (error) {
      this.failure = (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }
}

/** A file that is gone when the program is. */
class TemporaryFile {
  private readonly fd: number;
  /** Its name, where it still has one. */
  private name: string | undefined;
  private length = 0;
  private readonly remove = () => {
    if (this.name !== undefined) fs.rmSync(this.name, { force: true });
  };

  constructor(dir: string) {
    const unique = `hindcast-${process.pid}-${process.hrtime.bigint().toString(36)}`;
    this.name = path.join(dir, unique);
    this.fd = fs.openSync(this.name, "wx+", 0o600);
    try {
      fs.unlinkSync(this.name);
      this.name = undefined;
    } catch {
      process.once("exit", this.remove);
    }
  }

  /** @returns the offset at which the bytes lie */
  append(bytes: Buffer): number {
    const at = this.length;
    for (let done = 0; done < bytes.length; )
      done += fs.writeSync(this.fd, bytes, done, bytes.length - done, at + done);
    this.length += bytes.length;
    return at;
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const n = fs.readSync(this.fd, bytes, done, length - done, at + done);
      if (n === 0) throw new Error("a temporary file was cut");
      done += n;
    }
    return bytes;
  }

  close(): void {
    fs.closeSync(this.fd);
    this.remove();
    process.removeListener("exit", this.remove);
  }
}
