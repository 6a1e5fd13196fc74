import { flags, id, ip, key, questionBytes, u32At, v6 } from "./packet-glance";
import { FRAME, KEY, KIND, PLACE, ROW_BYTES } from "./packet-row";

/** As decode/packet/partners.ts. */
const SLOT_BITS: u32 = 12;
const SLOTS: u32 = 1 << SLOT_BITS;
const MOST_APART: i32 = 0x7fff;
const ACK: u32 = 0x10;
/** As decode/packet/servers.ts. */
const MAX_SERVERS: u32 = 64;
const SERVER_BYTES: u32 = 20;

function slotOf(isDns: bool): usize {
  return isDns ? id & (SLOTS - 1) : SLOTS + (((key as u32) * 0x9e3779b1) >>> (32 - SLOT_BITS));
}

/** The packet that was looked at last asks: it is row `number` of the segment. */
export function asked(state: usize, isDns: bool, number: i32): void {
  const newest: usize = load<u32>(state, 48);
  store<i32>(newest + slotOf(isDns) * 4, load<i32>(state, 68) + number);
}

/** How many rows before row `number`, the packet that was looked at last, stands what it answers; 0 when that is not known. */
export function answered(state: usize, isDns: bool, number: i32, frames: usize, rows: usize): u32 {
  const newest: usize = load<u32>(state, 48);
  const row = load<i32>(newest + slotOf(isDns) * 4) - load<i32>(state, 68);
  const apart = number - row;
  if (row < 0 || apart > MOST_APART) return 0;
  const at = rows + row * ROW_BYTES;
  if (load<i32>(at, KEY) !== key || (load<u32>(at, KIND) & 0x10000) !== (v6 as u32) << 16) return 0;
  const place = load<u32>(at, PLACE);
  const other: usize = frames + load<u32>(at, FRAME) + (place & 0xff);
  if (!isMirrored(other, ip)) return 0;
  if (!isDns) return (flags & ACK) !== 0 ? apart : 0;
  if (((place >>> 8) & 0xff) !== questionBytes) return 0;
  const question: usize = (v6 ? 40 : 20) + 20;
  return isSameQuestion(other + question, ip + question, questionBytes) ? apart : 0;
}

/** Whether the packets whose IP headers begin at `a` and `b` go each other's way back. */
function isMirrored(a: usize, b: usize): bool {
  if (v6) {
    return (
      load<u64>(a, 8) === load<u64>(b, 24) &&
      load<u64>(a, 16) === load<u64>(b, 32) &&
      load<u64>(a, 24) === load<u64>(b, 8) &&
      load<u64>(a, 32) === load<u64>(b, 16) &&
      areMirrored(load<u32>(a, 40), load<u32>(b, 40))
    );
  }
  return (
    load<u32>(a, 12) === load<u32>(b, 16) &&
    load<u32>(a, 16) === load<u32>(b, 12) &&
    areMirrored(load<u32>(a, 20), load<u32>(b, 20))
  );
}

/** Two ports each, the source's first. */
function areMirrored(a: u32, b: u32): bool {
  return a === rotl<u32>(b, 16);
}

/** Whether two questions of `size` bytes ask the same, in letters of either case. */
function isSameQuestion(a: usize, b: usize, size: u32): bool {
  let i: usize = 0;
  for (; i + 8 <= size; i += 8)
    if (load<u64>(a + i) !== load<u64>(b + i) && !isSame(a + i, b + i, 8)) return false;
  return isSame(a + i, b + i, (size as usize) - i);
}

function isSame(a: usize, b: usize, size: usize): bool {
  for (let i: usize = 0; i < size; i++) {
    const x: u32 = load<u8>(a + i);
    const y: u32 = load<u8>(b + i);
    const small = x | 0x20;
    if (x !== y && (small !== (y | 0x20) || small < 0x61 || small > 0x7a)) return false;
  }
  return true;
}

/** The number, in the segment, of the server whose address lies at `at`; 0 when there are too many. */
export function server(state: usize, at: usize, v6: bool): u32 {
  const servers: usize = load<u32>(state, 84);
  const count = load<u32>(state, 112);
  const last = load<u32>(state, 116);
  if (last > 0 && isServer(servers + last * SERVER_BYTES, at, v6)) return last;
  for (let number: u32 = 1; number <= count; number++) {
    if (!isServer(servers + number * SERVER_BYTES, at, v6)) continue;
    store<u32>(state, number, 116);
    return number;
  }
  if (count === MAX_SERVERS) return 0;
  const number = count + 1;
  const entry = servers + number * SERVER_BYTES;
  store<u32>(entry, v6 as u32);
  for (let i: usize = 0; i < 4; i++) store<u32>(entry + 4 + i * 4, i === 0 || v6 ? u32At(at + i * 4) : 0);
  store<u32>(state, number, 112);
  store<u32>(state, number, 116);
  return number;
}

function isServer(entry: usize, at: usize, v6: bool): bool {
  if (load<u32>(entry) !== (v6 as u32) || load<u32>(entry, 4) !== u32At(at)) return false;
  if (!v6) return true;
  for (let i: usize = 1; i < 4; i++) if (load<u32>(entry + 4 + i * 4) !== u32At(at + i * 4)) return false;
  return true;
}
