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

/** Writes an entry under a name of its own, which takes its place when it is complete. Throws the system's errors. */
export class EntryWriter {
  /** Bytes written. */
  length = 0;
  private readonly fd: number;
  private readonly beside: string;
  private index = 0;

  /** @param key is what the entry is asked for by, besides the evidence's content */
  constructor(
    dir: string,
    private readonly key: string,
  ) {
    this.beside = path.join(dir, `${key}.${process.pid}-${process.hrtime.bigint().toString(36)}.part`);
    this.fd = fs.openSync(this.beside, "wx", 0o600);
    this.write(Buffer.concat([MAGIC, Buffer.alloc(DIGEST_BYTES)]));
  }

  /** Adds a segment: plain data. */
  add(segment: unknown): void {
    this.block(v8.serialize(segment));
  }

  /** Puts the entry in its place. @param sha256 of the evidence, in hex */
  commit(place: string, sha256: string): void {
    try {
      this.block(Buffer.alloc(0));
      fs.writeSync(this.fd, Buffer.from(sha256, "hex"), 0, DIGEST_BYTES, MAGIC.length);
      fs.closeSync(this.fd);
      fs.renameSync(this.beside, place);
    } catch (error) {
      fs.rmSync(this.beside, { force: true });
      throw error;
    }
  }

  /** Leaves nothing behind. */
  discard(): void {
    fs.closeSync(this.fd);
    fs.rmSync(this.beside, { force: true });
  }

  private block(form: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(form.length);
    this.write(Buffer.concat([head, digestOf(this.key, this.index++, form)]));
    this.write(form);
  }

  private write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; )
      done += fs.writeSync(this.fd, bytes, done, bytes.length - done, this.length + done);
    this.length += bytes.length;
  }
}

/**
 * The segments of an entry, one in memory at a time, each only when its checksum holds.
 *
 * @returns whether the entry was complete; if not, what was given before is right nevertheless
 */
export function* readEntry(file: string, key: string, sha256: string): Generator<unknown, boolean> {
  let fd: number;
  try {
    fd = fs.openSync(file, "r");
  } catch {
    return false;
  }
  let at = 0;
  const read = (length: number): Buffer | undefined => {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const count = fs.readSync(fd, bytes, done, length - done, at + done);
      if (count === 0) return undefined;
      done += count;
    }
    at += length;
    return bytes;
  };
  try {
    if (!read(HEAD_BYTES)?.equals(Buffer.concat([MAGIC, Buffer.from(sha256, "hex")]))) return false;
    for (let index = 0; ; index++) {
      const head = read(BLOCK_HEAD_BYTES);
      const length = head?.readUInt32LE(0) ?? LONGEST_BLOCK;
      const form = length < LONGEST_BLOCK ? read(length) : undefined;
      if (!form || !head!.subarray(4).equals(digestOf(key, index, form))) return false;
      if (length === 0) return true;
      yield v8.deserialize(form);
    }
  } catch (error) {
    // A disk that can't be read, or the form of another release of Node.js: as good as nothing.
    if (error instanceof Error) return false;
    throw error;
  } finally {
    fs.closeSync(fd);
  }
}
