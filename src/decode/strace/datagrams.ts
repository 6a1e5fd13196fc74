import { type DnsMessage, decodeDns } from "../dns/message.js";
import type { Buffer } from "./buffers.js";
import type { Call } from "./calls.js";
import { readQuoted } from "./escapes.js";
import { Known } from "./known.js";

/** What a call moved: a buffer, and the DNS message in it, if it is one. */
export interface Datagram {
  readonly buffer: Buffer;
  readonly messages: readonly DnsMessage[];
}

interface Remembered extends Datagram {
  readonly name: string;
  readonly result: string;
}

/** By all that stands behind the message's id. */
const known = new Known<Remembered>();

/** Calls whose second argument is what they move. */
const MOVES_ONE = new Set(["sendto", "send", "write", "recvfrom", "recv", "read"]);

/** The highest bits of a pointer to another place in a message (RFC 1035, 4.1.4). */
const POINTER = 0xc0;

/**
 * What a call moved that moves one datagram. Clients ask the same again and again, and the answers are the same, but for the id: so what
 * stands behind that is read once.
 * @param buffersOf what reads the call's buffers
 * @returns `undefined` for other calls, and for texts that are none
 */
export function datagramOf(call: Call, buffersOf: (call: Call) => Buffer[]): Datagram | undefined {
  const { name, args, result } = call;
  if (!MOVES_ONE.has(name) || !DESCRIPTOR.test(args)) return undefined;
  const begin = args.indexOf('"');
  const end = byteEnd(args, byteEnd(args, begin + 1));
  if (end < 0) return undefined;
  const behind = args.slice(end);
  const before = known.get(behind);
  if (before !== undefined && before.name === name && before.result === result) {
    const { buffer, messages } = before;
    const [message] = messages;
    if (message === undefined) return before;
    const { bytes } = readQuoted(`${args.slice(begin, end)}"`, 0);
    return { buffer, messages: [{ ...message, id: (bytes[0]! << 8) | bytes[1]! }] };
  }
  const [buffer] = buffersOf(call);
  if (buffer === undefined) return undefined;
  const { bytes, complete } = buffer;
  const message = decodeDns(bytes, 0, bytes.length, complete);
  const datagram = { buffer, messages: message ? [message] : [], name, result };
  if (bytes.length >= 2 && !pointsToId(bytes)) known.set(behind, datagram);
  return datagram;
}

const DESCRIPTOR = /^\d+, "/;

/** One byte, as readQuoted reads it. */
const BYTE = /[^"\\]|\\(?:[0-7]{1,3}|x[0-9a-f]{2}|[^0-7x])/y;

/** Where the byte ends that is written at `at`; -1 where there is none, or the text ends with it. */
function byteEnd(text: string, at: number): number {
  BYTE.lastIndex = at;
  return at >= 0 && BYTE.test(text) && BYTE.lastIndex < text.length ? BYTE.lastIndex : -1;
}

/** Might some name go on in the first two bytes? */
export function pointsToId(bytes: Uint8Array): boolean {
  for (let i = 2; i + 1 < bytes.length; i++)
    if ((bytes[i]! & POINTER) === POINTER && (bytes[i]! & 0x3f) === 0 && bytes[i + 1]! < 2) return true;
  return false;
}
