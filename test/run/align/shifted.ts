import { DAY_US, SECOND_US } from "../../../src/model/calendar.js";

/** Evidence whose clock was so wrong, µs: positive, its stamps are ahead. */
export type Shift = (content: Buffer) => Buffer;

const two = (value: number) => String(value).padStart(2, "0");

/** A trace with `strace -tt` stamps behind a thread's number. */
export const shiftedTrace =
  (us: number): Shift =>
  (content) =>
    Buffer.from(
      content
        .toString("latin1")
        .replace(
          /^(\d+ +)?(\d\d):(\d\d):(\d\d)\.(\d{6})/gm,
          (_, thread: string | undefined, h: string, m: string, s: string, f: string) => {
            const of = ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * SECOND_US + Number(f) + us;
            const at = ((of % DAY_US) + DAY_US) % DAY_US;
            const seconds = Math.floor(at / SECOND_US);
            return `${thread ?? ""}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(at % SECOND_US).padStart(6, "0")}`;
          },
        ),
      "latin1",
    );

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** An access log of Common Log Format in UTC; whole seconds only. */
export const shiftedAccessLog =
  (seconds: number): Shift =>
  (content) =>
    Buffer.from(
      content
        .toString("latin1")
        .replace(/\[(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) \+0000\]/g, (_, d, mon, y, h, m, s) => {
          const at = new Date(Date.UTC(+y, MONTHS.indexOf(mon), +d, +h, +m, +s + seconds));
          return `[${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000]`;
        }),
      "latin1",
    );

/** A little-endian pcapng or pcap file (µs or ns). */
export const shiftedCapture =
  (us: number): Shift =>
  (content) => {
    const bytes = Buffer.from(content);
    if (bytes.readUInt32LE(0) !== 0x0a0d0d0a) return shiftedPcap(bytes, us);
    // if_tsresol is option 9 of the interface's description; a µs without it.
    let ticks = 1;
    for (let at = 0; at + 12 <= bytes.length; at += bytes.readUInt32LE(at + 4)) {
      const type = bytes.readUInt32LE(at);
      if (type === 1)
        for (let o = at + 16; bytes.readUInt16LE(o) !== 0 && o < at + bytes.readUInt32LE(at + 4) - 8; ) {
          if (bytes.readUInt16LE(o) === 9) ticks = 10 ** (bytes[o + 4]! - 6);
          o += 4 + ((bytes.readUInt16LE(o + 2) + 3) & ~3);
        }
      if (type !== 6) continue;
      const stamp = BigInt(bytes.readUInt32LE(at + 12)) * 2n ** 32n + BigInt(bytes.readUInt32LE(at + 16));
      const moved = stamp + BigInt(us * ticks);
      bytes.writeUInt32LE(Number(moved >> 32n), at + 12);
      bytes.writeUInt32LE(Number(moved & 0xffffffffn), at + 16);
    }
    return bytes;
  };

function shiftedPcap(bytes: Buffer, us: number): Buffer {
  const perSecond = bytes.readUInt32LE(0) === 0xa1b23c4d ? 1e9 : 1e6;
  for (let at = 24; at + 16 <= bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) {
    const stamp =
      bytes.readUInt32LE(at) * perSecond + bytes.readUInt32LE(at + 4) + us * (perSecond / SECOND_US);
    bytes.writeUInt32LE(Math.floor(stamp / perSecond), at);
    bytes.writeUInt32LE(stamp % perSecond, at + 4);
  }
  return bytes;
}

/** A trace without its stamps, and what these were: µs of the day by line. */
export function unstampedTrace(content: Buffer): { content: Buffer; times: (number | undefined)[] } {
  const times: (number | undefined)[] = [];
  const lines = content
    .toString("latin1")
    .split("\n")
    .map((line) => {
      const [whole, thread, h, m, s, f] = /^(\d+ +)?(\d\d):(\d\d):(\d\d)\.(\d{6}) /.exec(line) ?? [];
      times.push(
        whole === undefined
          ? undefined
          : ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * SECOND_US + Number(f),
      );
      return whole === undefined ? line : (thread ?? "") + line.slice(whole.length);
    });
  return { content: Buffer.from(lines.join("\n"), "latin1"), times };
}
