/** How a text's characters are encoded. `bytes`: ASCII, UTF-8 or anything that keeps line ends as 0x0A. */
export type Encoding = "bytes" | "utf-16le" | "utf-16be";

export interface Sniffed {
  encoding: Encoding;
  /** Bytes of byte order mark to skip. */
  bom: number;
}

/**
 * Tells UTF-16 from byte texts: by the byte order mark (Unicode 23.8), or, without one, by every other byte of the first
 * bytes being NUL, as in English UTF-16 text.
 */
export function sniffEncoding(head: Buffer): Sniffed {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bom: 2 };
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bom: 2 };
  if (head.length >= 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: "bytes", bom: 3 };
  const n = Math.min(head.length & ~1, 512);
  let evenNul = 0;
  let oddNul = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) evenNul++;
    if (head[i + 1] === 0) oddNul++;
  }
  if (n >= 16 && oddNul > n * 0.4 && evenNul < n * 0.05) return { encoding: "utf-16le", bom: 0 };
  if (n >= 16 && evenNul > n * 0.4 && oddNul < n * 0.05) return { encoding: "utf-16be", bom: 0 };
  return { encoding: "bytes", bom: 0 };
}

/**
 * Is this no text at all? More than a tenth of the first bytes are control characters that no log or terminal text
 * has (tabs, line ends, escapes and backspaces aside).
 */
export function looksBinary(head: Buffer): boolean {
  const n = Math.min(head.length, 8192);
  if (n === 0) return false;
  let odd = 0;
  for (let i = 0; i < n; i++) {
    const b = head[i]!;
    if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 27 && b !== 8) odd++;
  }
  return odd > n / 10;
}

/** Turns UTF-16 chunks into UTF-8 ones; pairs that a chunk border cuts are kept for the next. */
export class Utf16Decoder {
  private readonly decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: "utf-16le" | "utf-16be") {
    // Node's full ICU knows utf-16be; invalid units become U+FFFD, never an exception.
    this.decoder = new TextDecoder(encoding, { fatal: false, ignoreBOM: true });
  }

  push(chunk: Buffer): Buffer {
    return Buffer.from(this.decoder.decode(chunk, { stream: true }), "utf8");
  }

  end(): Buffer {
    return Buffer.from(this.decoder.decode(), "utf8");
  }
}

/** Turns a source's bytes into the stream that records are cut from: without its byte order mark, UTF-16 as UTF-8. */
export class Transcoder {
  private readonly utf16: Utf16Decoder | undefined;
  private bom: number;

  constructor({ encoding, bom }: Sniffed) {
    this.utf16 = encoding === "bytes" ? undefined : new Utf16Decoder(encoding);
    this.bom = bom;
  }

  push(chunk: Buffer): Buffer {
    const body = this.bom > 0 ? chunk.subarray(Math.min(this.bom, chunk.length)) : chunk;
    this.bom -= chunk.length - body.length;
    return this.utf16 ? this.utf16.push(body) : body;
  }

  /** What was held back; empty for bytes. */
  end(): Buffer {
    return this.utf16?.end() ?? Buffer.alloc(0);
  }
}
