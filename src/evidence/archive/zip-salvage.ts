import { inflate } from "../gzip.js";
import { rawChunks } from "../open.js";
import { PackingError } from "../packing-error.js";
import { ByteStream } from "./byte-stream.js";
import { bare, type Entry } from "./entry.js";
import { METHOD, verified, whyUnreadable } from "./zip-data.js";

/** What an entry begins with (APPNOTE.TXT 4.3.7). */
const SIGNATURE = Buffer.from("PK\x03\x04", "latin1");
const HEAD_BYTES = 30;
const ENCRYPTED = 1;
/** Its length is written behind it. */
const STREAMED = 8;
/** Its length is in a field of 64 bits. */
const LONG = 0xffffffff;
const CHUNK_BYTES = 64 << 10;
/** Streams hold fewer chunks than this between them. */
const MOST_AHEAD = 8;

interface LocalHead {
  name: string;
  flags: number;
  method: number;
  crc: number;
  /** Bytes of data; `undefined` when they are counted behind it only. */
  size: number | undefined;
}

/**
 * The entries of a zip archive that has lost its directory, as they are met: a part of what was downloaded, or one that was still
 * being written.
 *
 * @throws PackingError when it breaks off or what follows is no entry, after all readable entries were given; the system's error
 */
export async function* entriesWithoutDirectory(file: string): AsyncGenerator<Entry> {
  const source = new ByteStream(rawChunks(file, CHUNK_BYTES));
  try {
    while (await findSignature(source)) {
      const head = await readHead(source);
      if (!head) throw new PackingError("it breaks off in the head of an entry");
      const { name, flags, method, crc, size } = head;
      if (name.endsWith("/")) {
        yield bare(name, "folder");
        continue;
      }
      const isStreamed = size === undefined;
      const unreadable =
        whyUnreadable((flags & ENCRYPTED) !== 0, method) ??
        (isStreamed && method !== METHOD.deflated
          ? "its length is told in the directory only, which is missing"
          : undefined);
      const end = isStreamed ? undefined : source.position + size;
      const chunks = () => {
        const packed = isStreamed ? inflatedToItsEnd(source) : dataOf(source, size, method);
        return isStreamed || method > METHOD.deflated ? packed : verified(packed, crc);
      };
      yield { name, kind: "file", chunks, ...(unreadable !== undefined && { unreadable }) };
      if (end === undefined) continue;
      await source.skip(end - source.position);
      if (source.position < end) throw new PackingError(`it breaks off inside ${name}`);
    }
  } finally {
    await source.close();
  }
}

/** Goes on behind the next signature. @returns false when there is none */
async function findSignature(source: ByteStream): Promise<boolean> {
  let before = Buffer.alloc(0);
  for (;;) {
    const chunk = await source.next();
    if (!chunk) return false;
    const bytes = Buffer.concat([before, chunk]);
    const at = bytes.indexOf(SIGNATURE);
    if (at >= 0) {
      source.putBack(bytes.subarray(at + SIGNATURE.length));
      return true;
    }
    before = Buffer.from(bytes.subarray(-(SIGNATURE.length - 1)));
  }
}

async function readHead(source: ByteStream): Promise<LocalHead | undefined> {
  const length = HEAD_BYTES - SIGNATURE.length;
  const head = await source.take(length);
  if (head.length < length) return undefined;
  // Offsets are those of the format, less the signature.
  const [flags, method, crc] = [head.readUInt16LE(2), head.readUInt16LE(4), head.readUInt32LE(10)];
  const name = await source.take(head.readUInt16LE(22));
  const extra = await source.take(head.readUInt16LE(24));
  const size = head.readUInt32LE(14);
  return {
    name: name.toString("utf8").replaceAll("\\", "/"),
    flags,
    method,
    crc,
    size: flags & STREAMED ? undefined : size === LONG ? longSize(extra) : size,
  };
}

/** The packed length in the field of 64 bits (4.5.3), behind the unpacked one. */
function longSize(extra: Buffer): number | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1 && at + 20 <= extra.length)
      return Number(extra.readBigUInt64LE(at + 12));
  return undefined;
}

async function* dataOf(source: ByteStream, size: number, method: number): AsyncGenerator<Buffer> {
  if (method !== METHOD.deflated) yield* source.stream(size);
  else yield* inflate(copies(source.stream(size))).chunks;
}

async function* copies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/** Unpacks what tells its end by itself, and leaves what follows it in the source. */
async function* inflatedToItsEnd(source: ByteStream): AsyncGenerator<Buffer> {
  const ahead: Buffer[] = [];
  let given = 0;
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  async function* fed(): AsyncGenerator<Buffer> {
    try {
      for (let chunk = await source.next(); chunk; chunk = await source.next()) {
        const copy = Buffer.from(chunk);
        given += copy.length;
        ahead.push(copy);
        if (ahead.length > MOST_AHEAD) ahead.shift();
        yield copy;
      }
    } finally {
      closed();
    }
  }
  const { chunks, taken } = inflate(fed());
  yield* chunks;
  // The unpacking was ahead of its end, and may still be about to take a chunk.
  await isClosed;
  const rest = given - taken();
  if (rest > 0) source.putBack(Buffer.concat(ahead).subarray(-rest));
}
