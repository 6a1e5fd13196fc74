/**
 * Addresses as text, from bytes. A capture names the same few addresses millions of times, so both families go
 * through a direct-mapped table of fixed size: bounded memory, no string made on a hit.
 */
const SLOTS = 1 << 12;
const HASH = 0x9e3779b1;

const keys4 = new Uint32Array(SLOTS);
const texts4: (string | undefined)[] = new Array(SLOTS).fill(undefined);
const keys6 = new Uint32Array(SLOTS * 4);
const texts6: (string | undefined)[] = new Array(SLOTS).fill(undefined);

const HEX2 = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** The four bytes at `at` as `192.0.2.1`. The caller has checked that they are there. */
export function ipv4At(bytes: Uint8Array, at: number): string {
  const key = word(bytes, at);
  const slot = (Math.imul(key, HASH) >>> 20) & (SLOTS - 1);
  const known = texts4[slot];
  if (known !== undefined && keys4[slot] === key) return known;
  const text = `${key >>> 24}.${(key >>> 16) & 255}.${(key >>> 8) & 255}.${key & 255}`;
  keys4[slot] = key;
  texts4[slot] = text;
  return text;
}

/** The sixteen bytes at `at` as `inet_ntop(3)` prints them: lower case, longest run of zeros as `::`. */
export function ipv6At(bytes: Uint8Array, at: number): string {
  const a = word(bytes, at);
  const b = word(bytes, at + 4);
  const c = word(bytes, at + 8);
  const d = word(bytes, at + 12);
  const mixed = Math.imul(a ^ Math.imul(b ^ Math.imul(c ^ Math.imul(d, HASH), HASH), HASH), HASH);
  const slot = mixed >>> 20;
  const k = slot * 4;
  const known = texts6[slot];
  if (
    known !== undefined &&
    keys6[k] === a &&
    keys6[k + 1] === b &&
    keys6[k + 2] === c &&
    keys6[k + 3] === d
  ) {
    return known;
  }
  const text = formatIpv6(a, b, c, d);
  keys6[k] = a;
  keys6[k + 1] = b;
  keys6[k + 2] = c;
  keys6[k + 3] = d;
  texts6[slot] = text;
  return text;
}

function dotted(n: number): string {
  return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;
}

/** RFC 5952 as glibc does it: the first longest run of at least two zero groups; mapped IPv4 in dots. */
function formatIpv6(a: number, b: number, c: number, d: number): string {
  if (a === 0 && b === 0) {
    if (c === 0xffff) return `::ffff:${dotted(d)}`;
    if (c === 0 && d > 0xffff) return `::${dotted(d)}`;
  }
  const groups = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff, c >>> 16, c & 0xffff, d >>> 16, d & 0xffff];
  let best = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && groups[j] === 0) j++;
    if (j - i > length) {
      best = i;
      length = j - i;
    }
    if (j > i) i = j;
  }
  const hex = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((g) => g.toString(16))
      .join(":");
  return best < 0 ? hex(0, 8) : `${hex(0, best)}::${hex(best + length, 8)}`;
}

const macKeysHigh = new Uint32Array(SLOTS);
const macKeysLow = new Uint16Array(SLOTS);
const macTexts: (string | undefined)[] = new Array(SLOTS).fill(undefined);

/** The six bytes at `at` as `02:42:ac:11:00:02`. */
export function macAt(bytes: Uint8Array, at: number): string {
  const high = word(bytes, at);
  const low = (bytes[at + 4]! << 8) | bytes[at + 5]!;
  const slot = Math.imul(high ^ Math.imul(low, HASH), HASH) >>> 20;
  const known = macTexts[slot];
  if (known !== undefined && macKeysHigh[slot] === high && macKeysLow[slot] === low) return known;
  let text = HEX2[bytes[at]!]!;
  for (let i = 1; i < 6; i++) text += ":" + HEX2[bytes[at + i]!];
  macKeysHigh[slot] = high;
  macKeysLow[slot] = low;
  macTexts[slot] = text;
  return text;
}
