/** Builds captures for tests, byte by byte, so that each test shows what is in them. */

export const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");
export const u16 = (n: number): Buffer => Buffer.from([(n >>> 8) & 255, n & 255]);
export const u32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const ip4 = (text: string): Buffer => Buffer.from(text.split(".").map(Number));

export const ETHERNET = hex("02420a000001 02420a000005 0800");

export function dnsQuery(id: number, name: string, type = 1, flags = 0x0100): Buffer {
  return join(u16(id), u16(flags), hex("0001 0000 0000 0000"), dnsName(name), u16(type), u16(1));
}

export function dnsAnswer(id: number, name: string, address: string, flags = 0x8180): Buffer {
  const record = join(hex("c00c 0001 0001 0000003c 0004"), ip4(address));
  return join(u16(id), u16(flags), hex("0001 0001 0000 0000"), dnsName(name), hex("0001 0001"), record);
}

function dnsName(name: string): Buffer {
  const labels = name.split(".").map((label) => join(Buffer.from([label.length]), Buffer.from(label)));
  return join(...labels, Buffer.from([0]));
}

export function udp(source: number, destination: number, payload: Buffer): Buffer {
  return join(u16(source), u16(destination), u16(payload.length + 8), u16(0), payload);
}

export function tcp(
  source: number,
  destination: number,
  flags: number,
  payload: Buffer = Buffer.alloc(0),
  seq = 1000,
  ack = 2000,
): Buffer {
  return join(
    u16(source),
    u16(destination),
    u32(seq),
    u32(ack),
    Buffer.from([0x50, flags]),
    hex("0200 0000 0000"),
    payload,
  );
}

export interface Ipv4Options {
  source?: string;
  destination?: string;
  id?: number;
  ttl?: number;
  /** Flags and fragment offset. */
  fragment?: number;
}

export function ipv4(protocol: number, payload: Buffer, options: Ipv4Options = {}): Buffer {
  const { source = "10.0.0.5", destination = "10.0.0.1", id = 7, ttl = 64, fragment = 0 } = options;
  const header = join(
    hex("4500"),
    u16(20 + payload.length),
    u16(id),
    u16(fragment),
    Buffer.from([ttl, protocol]),
    u16(0),
    ip4(source),
    ip4(destination),
  );
  let sum = 0;
  for (let i = 0; i < 20; i += 2) sum += header.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  header.writeUInt16BE(~sum & 0xffff, 10);
  return join(header, payload);
}

export function ipv6(next: number, payload: Buffer): Buffer {
  const source = hex("20010db8000000000000000000000005");
  const destination = hex("20010db8000000000000000000000001");
  return join(hex("60000000"), u16(payload.length), Buffer.from([next, 63]), source, destination, payload);
}

export interface Packet {
  bytes: Buffer;
  /** Seconds since the epoch. */
  seconds?: number;
  /** Below the second, in the file's unit. */
  part?: number;
  /** Captured length, when it is less. */
  captured?: number;
}

export interface PcapOptions {
  linkType?: number;
  little?: boolean;
  nano?: boolean;
  snap?: number;
}

const START = 1795319188;

export function pcap(packets: readonly Packet[], options: PcapOptions = {}): Buffer {
  const { linkType = 1, little = true, nano = false, snap = 262144 } = options;
  const n32 = (n: number) => (little ? Buffer.from(u32(n)).reverse() : u32(n));
  const n16 = (n: number) => (little ? Buffer.from(u16(n)).reverse() : u16(n));
  const magic = nano ? 0xa1b23c4d : 0xa1b2c3d4;
  const header = join(n32(magic), n16(2), n16(4), n32(0), n32(0), n32(snap), n32(linkType));
  const records = packets.map(({ bytes, seconds, part = 0, captured = bytes.length }, i) =>
    join(n32(seconds ?? START + i), n32(part), n32(captured), n32(bytes.length), bytes.subarray(0, captured)),
  );
  return join(header, ...records);
}

const pad = (bytes: Buffer): Buffer => join(bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4));

/** pcapng blocks in one byte order. */
export function ng(little = true) {
  const n32 = (n: number) => (little ? Buffer.from(u32(n >>> 0)).reverse() : u32(n >>> 0));
  const n16 = (n: number) => (little ? Buffer.from(u16(n)).reverse() : u16(n));
  const block = (type: number, body: Buffer): Buffer => {
    const padded = pad(body);
    const length = n32(padded.length + 12);
    return join(n32(type), length, padded, length);
  };
  const option = (code: number, value: Buffer): Buffer => join(n16(code), n16(value.length), pad(value));
  const END = hex("00000000");
  return {
    n32,
    block,
    option,
    section: (): Buffer =>
      block(0x0a0d0d0a, join(n32(0x1a2b3c4d), n16(1), n16(0), n32(0xffffffff), n32(0xffffffff))),
    capture: (linkType: number, ...options: Buffer[]): Buffer =>
      block(1, join(n16(linkType), n16(0), n32(262144), ...options, ...(options.length > 0 ? [END] : []))),
    packet: (id: number, high: number, low: number, bytes: Buffer, ...options: Buffer[]): Buffer =>
      block(
        6,
        join(
          n32(id),
          n32(high),
          n32(low),
          n32(bytes.length),
          n32(bytes.length),
          pad(bytes),
          ...options,
          ...(options.length > 0 ? [END] : []),
        ),
      ),
    simple: (bytes: Buffer): Buffer => block(3, join(n32(bytes.length), pad(bytes))),
    obsolete: (id: number, high: number, low: number, bytes: Buffer): Buffer =>
      block(2, join(n16(id), n16(0), n32(high), n32(low), n32(bytes.length), n32(bytes.length), pad(bytes))),
  };
}
