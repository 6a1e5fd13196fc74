import zlib from "node:zlib";

/** What a tar is made of: a file by its text, or another type by its character. */
export interface TarPart {
  name: string;
  text?: string | Buffer;
  type?: string;
  /** Where a link leads. */
  link?: string;
  /** The POSIX form's first half of a long name. */
  prefix?: string;
}

const BLOCK = 512;
const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, "0") + "\0";

/** One entry of a tar, as POSIX has it: head, bytes, padding. */
export function tarEntry({ name, text = "", type = "0", link = "", prefix = "" }: TarPart): Buffer {
  const bytes = Buffer.from(text as string);
  const head = Buffer.alloc(BLOCK);
  head.write(name.slice(0, 100), 0);
  head.write(
    octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(bytes.length, 12) + octal(1_795_319_188, 12),
    100,
    "latin1",
  );
  head.write(" ".repeat(8), 148);
  head.write(type, 156);
  head.write(link, 157);
  head.write("ustar\x0000", 257, "latin1");
  head.write(prefix, 345);
  head.write(
    `${octal(
      head.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
    "latin1",
  );
  return Buffer.concat([head, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

const END_MARK = Buffer.alloc(2 * BLOCK);

export const tarOf = (...parts: TarPart[]): Buffer => Buffer.concat([...parts.map(tarEntry), END_MARK]);

/** Records of an extended head. */
export function paxText(records: Record<string, string>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`);
      let length = rest + 1;
      while (String(length).length + rest !== length) length = String(length).length + rest;
      return `${length} ${key}=${value}\n`;
    })
    .join("");
}

export interface ZipPart {
  name: string;
  text: string | Buffer;
  method?: number;
  /** What is written where the method is one that is only named here. */
  packed?: Buffer;
  encrypted?: boolean;
  /** Lengths and checksum are told behind the data. */
  streamed?: boolean;
  /** Mode of Unix, such as 0o120777 for a link. */
  mode?: number;
  crc?: number;
}

function crcOf(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A zip archive, by APPNOTE.TXT 4.3. */
export function zipOf(...parts: ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const {
    name,
    text,
    method = 8,
    packed,
    encrypted = false,
    streamed = false,
    mode = 0o100644,
    crc,
  } of parts) {
    const bytes = Buffer.from(text as string);
    const data = packed ?? (method === 8 ? zlib.deflateRawSync(bytes) : bytes);
    const flags = (encrypted ? 1 : 0) | (streamed ? 8 : 0) | 0x800;
    const sum = crc ?? crcOf(bytes);
    const numbers = (values: [number, number][]) => {
      const out = Buffer.alloc(values.reduce((all, [size]) => all + size, 0));
      let to = 0;
      for (const [size, value] of values) to = out.writeUIntLE(value, to, size);
      return out;
    };
    const lengths: [number, number][] = [
      [4, sum],
      [4, data.length],
      [4, bytes.length],
    ];
    const common = (known: boolean): [number, number][] => [
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
      ...lengths.map(([size, value]): [number, number] => [size, known ? value : 0]),
      [2, Buffer.byteLength(name)],
      [2, 0],
    ];
    const body = Buffer.concat([
      numbers([[4, 0x04034b50], ...common(!streamed)]),
      Buffer.from(name),
      data,
      streamed ? numbers([[4, 0x08074b50], ...lengths]) : Buffer.alloc(0),
    ]);
    const attributes = mode * 0x10000;
    directory.push(
      numbers([
        [4, 0x02014b50],
        [2, (3 << 8) | 20],
        ...common(true),
        [2, 0],
        [2, 0],
        [2, 0],
        [4, attributes],
        [4, at],
      ]),
      Buffer.from(name),
    );
    bodies.push(body);
    at += body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, central, end]);
}
