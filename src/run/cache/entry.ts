import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";

/**
 * A file of the cache: {@link MAGIC}; the SHA-256 of the evidence that the segments were read from, zeros until all are there; then for
 * each segment the length of its serialised form (32 bits, little endian), a SHA-256 over key, number and form, and the form itself.
 * A segment of length 0 is the end.
 */
const MAGIC = Buffer.from("hindcast segments 1\n", "latin1");
const DIGEST_BYTES = 32;
const HEAD_BYTES = MAGIC.length + DIGEST_BYTES;
const BLOCK_HEAD_BYTES = 4 + DIGEST_BYTES;

/** Longer than any segment: a length that damage made must not be allocated. */
const LONGEST_BLOCK = 1 << 30;

const digestOf = (key: string, index: number, form: Uint8Array): Buffer =>
  createHash("sha256").update(`${key} ${index} `).update(form).digest();

/** So much is gathered before it is written. */
const GATHERED_BYTES = 32 << 10;

/**
 * Writes an entry under a name of its own, which takes its place when it is complete. Between two calls no file is open: thousands may be
 * written side by side. Throws the system's errors.
 */
export class EntryWriter {
  /** Bytes added. */
  length = 0;
  private readonly beside: string;
  private gathered: Buffer[] = [];
  private index = 0;
  private written = 0;

  /** @param key is what the entry is asked for by, besides the evidence's content */
  constructor(
    dir: string,
    private readonly key: string,
  ) {
    this.beside = path.join(dir, `${key}.${process.pid}-${process.hrtime.bigint().toString(36)}.part`);
    this.append(MAGIC, Buffer.alloc(DIGEST_BYTES));
  }

  /** Adds a segment: plain data. */
  add(segment: unknown): void {
    this.block(v8.serialize(segment));
    if (this.length - this.written >= GATHERED_BYTES) this.flush();
  }

  /** Puts the entry in its place. @param sha256 of the evidence, in hex */
  commit(place: string, sha256: string): void {
    try {
      this.block(Buffer.alloc(0));
      this.flush();
      this.write(MAGIC.length, Buffer.from(sha256, "hex"));
      fs.renameSync(this.beside, place);
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /** Leaves nothing behind. */
  discard(): void {
    this.gathered = [];
    fs.rmSync(this.beside, { force: true });
  }

  private block(form: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(form.length);
    this.append(head, digestOf(this.key, this.index++, form), form);
  }

  private append(...parts: Buffer[]): void {
    for (const part of parts) this.length += part.length;
    this.gathered.push(...parts);
  }

  private flush(): void {
    this.write(this.written, Buffer.concat(this.gathered));
    this.gathered = [];
    this.written = this.length;
  }

  private write(at: number, bytes: Buffer): void {
    const fd = fs.openSync(this.beside, this.written === 0 ? "wx" : "r+", 0o600);
    try {
      for (let done = 0; done < bytes.length; )
        done += fs.writeSync(fd, bytes, done, bytes.length - done, at + done);
    } finally {
      fs.closeSync(fd);
    }
  }
}

/**
 * The segments of an entry, one in memory at a time, each only when its checksum holds.
 *
 * @param hold keep the file open: what was there at the beginning is read, whatever happens to the folder; else no file is open
 * between two segments
 * @returns whether the entry was complete; if not, what was given before is right nevertheless
 */
export function* readEntry(
  file: string,
  key: string,
  sha256: string,
  hold = false,
): Generator<unknown, boolean> {
  let held: number | undefined;
  let at = 0;
  const read = (length: number): Buffer | undefined => {
    const bytes = Buffer.allocUnsafeSlow(length);
    const fd = held ?? fs.openSync(file, "r");
    try {
      for (let done = 0; done < length; ) {
        const count = fs.readSync(fd, bytes, done, length - done, at + done);
        if (count === 0) return undefined;
        done += count;
      }
    } finally {
      if (hold) held = fd;
      else fs.closeSync(fd);
    }
    at += length;
    return bytes;
  };
  const next = (index: number): Buffer | undefined => {
    const head = read(BLOCK_HEAD_BYTES);
    const length = head?.readUInt32LE(0) ?? LONGEST_BLOCK;
    const form = length < LONGEST_BLOCK ? read(length) : undefined;
    return form && head!.subarray(4).equals(digestOf(key, index, form)) ? form : undefined;
  };
  try {
    if (!read(HEAD_BYTES)?.equals(Buffer.concat([MAGIC, Buffer.from(sha256, "hex")]))) return false;
    for (let index = 0; ; index++) {
      const form = next(index);
      if (!form) return false;
      if (form.length === 0) return true;
      yield v8.deserialize(form);
    }
  } catch {
    // It is gone, a disk can't be read, or another release of Node.js wrote it: as good as nothing.
    return false;
  } finally {
    if (held !== undefined) fs.closeSync(held);
  }
}
