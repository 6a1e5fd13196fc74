import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openChunks, type Packing, PackingError } from "./open.js";

/** A file of which any part can be read. */
export interface RandomAccess {
  /** Bytes in all. */
  readonly size: number;
  /** Reads bytes from an offset on. @returns how many: fewer than there is room for at the end. Throws the system's error */
  read(target: Uint8Array, offset: number): number;
  close(): void;
}

/** A packed file of which any part can be read. */
export interface Unpacked extends RandomAccess {
  /** Why that is not all of it: it is damaged, or too large. */
  readonly failure: PackingError | undefined;
}

/** So much unpacked is kept in memory; more goes to a temporary file (bytes). */
const IN_MEMORY = 64 << 20;
/** Larger than any file that somebody would pack and not mean to flood a disk with. */
const MOST_UNPACKED = 8 * 2 ** 30;

export interface UnpackingOptions {
  /** Folder for a temporary file; default: the system's. */
  dir?: string | undefined;
  /** Is told how many bytes were read of the packed file, since it was told last. */
  tap?: (bytes: number) => void;
  /** So much is kept in memory at most (bytes). */
  inMemory?: number;
}

/** Opens a file as it lies on disk. Throws the system's error. */
export function openPlain(file: string): RandomAccess {
  const fd = fs.openSync(file, "r");
  return { ...readingFrom(fd, fs.fstatSync(fd).size), close: () => fs.closeSync(fd) };
}

/**
 * Unpacks a file so that any part of it can be read: into memory, or, when it is large, into a temporary file that has no name any more
 * as soon as it is open.
 */
export async function openUnpacked(
  file: string,
  packing: Packing,
  { dir = os.tmpdir(), tap, inMemory = IN_MEMORY }: UnpackingOptions = {},
): Promise<Unpacked> {
  const parts: Buffer[] = [];
  let fd: number | undefined;
  let size = 0;
  let failure: PackingError | undefined;
  try {
    for await (const chunk of openChunks(file, packing, tap)) {
      if (size + chunk.length > MOST_UNPACKED)
        throw new PackingError(`it unpacks to more than ${MOST_UNPACKED / 2 ** 30} GiB; unpack it first`);
      if (fd === undefined && size + chunk.length > inMemory) {
        fd = openNameless(dir);
        write(fd, Buffer.concat(parts), 0);
        parts.length = 0;
      }
      if (fd === undefined) parts.push(Buffer.from(chunk));
      else write(fd, chunk, size);
      size += chunk.length;
    }
  } catch (error) {
    if (!(error instanceof PackingError)) {
      if (fd !== undefined) fs.closeSync(fd);
      throw error;
    }
    failure = error;
  }
  if (fd === undefined) return { ...inBuffer(Buffer.concat(parts)), failure };
  const opened = fd;
  return { ...readingFrom(opened, size), failure, close: () => fs.closeSync(opened) };
}

/** Bytes at hand, as if they were a file. */
export function inBuffer(bytes: Buffer): RandomAccess {
  return {
    size: bytes.length,
    read: (target, offset) => {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      return part.length;
    },
    close: () => {},
  };
}

function readingFrom(fd: number, size: number): Pick<RandomAccess, "size" | "read"> {
  return { size, read: (target, offset) => fs.readSync(fd, target, 0, target.length, offset) };
}

function write(fd: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += fs.writeSync(fd, bytes, done, bytes.length - done, at + done);
}

/** A new file that is gone when it is closed. Where an open file can't be unlinked, it goes when the program ends. */
function openNameless(dir: string): number {
  const name = path.join(dir, `hindcast-${process.pid}-${process.hrtime.bigint().toString(36)}`);
  const fd = fs.openSync(name, "wx+", 0o600);
  try {
    fs.unlinkSync(name);
  } catch {
    process.once("exit", () => fs.rmSync(name, { force: true }));
  }
  return fd;
}
