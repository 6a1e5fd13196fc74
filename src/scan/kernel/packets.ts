import {
  ANSWER,
  COUNTED,
  flags,
  glance,
  id,
  ip,
  key,
  LOOK_CLOSER,
  OPENER,
  port,
  QUERY,
  questionBytes,
  REPLY,
  rcode,
  u32At,
  v6,
  want,
} from "./packet-glance";
import { answered, asked, server } from "./packet-partners";
import {
  CAPTURED,
  FRAME,
  ID,
  KEY,
  KIND,
  LENGTH,
  NS,
  OFFSET,
  ORIGINAL,
  PACKET,
  PLACE,
  ROW_BYTES,
} from "./packet-row";

/** How a run ended: more bytes are needed, or no record begins any more; the record must be decoded; it cannot be true. */
const DONE: i32 = 0;
const CLOSER: i32 = 1;
const ODD: i32 = 2;

/**
 * Reads records of a classic pcap file and makes rows of the packets that are wanted, as decode/packet/scan.ts does.
 * @param state address of what the host and the kernel tell each other: `STATE` in packets.ts beside this folder has the order
 */
export function readPackets(state: usize): i32 {
  const bytes: usize = load<u32>(state);
  const end: usize = bytes + load<u32>(state, 8);
  const stop: usize = bytes + load<u32>(state, 12);
  const little = load<u32>(state, 16) !== 0;
  const nano = load<u32>(state, 20) !== 0;
  const header: usize = load<u32>(state, 24);
  const limit: u32 = load<u32>(state, 28);
  const linkType = load<i32>(state, 32);
  const rows: usize = load<u32>(state, 40);
  const times: usize = load<u32>(state, 44);
  const begin: usize = bytes + load<u32>(state, 64);
  const frames: usize = load<u32>(state, 72);
  const maxRows = load<i32>(state, 80);
  const units: u32 = nano ? 1_000_000_000 : 1_000_000;
  want(load<i32>(state, 36), load<u32>(state, 52));
  let at: usize = bytes + load<u32>(state, 4);
  let count = load<i32>(state, 56);
  let packets = load<u32>(state, 60);
  let frameBytes = load<u32>(state, 76);
  let from = load<f64>(state, 88);
  let to = load<f64>(state, 96);
  let last = load<f64>(state, 104);
  let result = DONE;
  while (at < stop && at + header <= end) {
    const seconds = word(at, little);
    const part = word(at + 4, little);
    const captured = word(at + 8, little);
    if (captured > limit || part >= units || count === maxRows) {
      result = ODD;
      break;
    }
    const frame = at + header;
    const next = frame + captured;
    if (next > end) break;
    const kind = glance(frame, next, linkType);
    if (kind === LOOK_CLOSER) {
      result = CLOSER;
      break;
    }
    packets++;
    const micros = nano ? part / 1000 : part;
    const time: f64 = (seconds as f64) * 1_000_000 + (micros as f64);
    last = time;
    if (!(time >= from)) from = time;
    if (!(time <= to)) to = time;
    if (kind !== COUNTED) {
      const row = rows + count * ROW_BYTES;
      store<f64>(times + count * 8, time);
      store<i32>(row, kind, KIND);
      store<u32>(row, frameBytes, FRAME);
      store<u32>(row, captured, CAPTURED);
      store<u32>(row, word(at + 12, little), ORIGINAL);
      store<u32>(row, packets, PACKET);
      store<i32>(row, (at - begin) as i32, OFFSET);
      store<i32>(row, (next - at) as i32, LENGTH);
      // The only interface is the capture's first.
      store<u32>(row, part - micros * (nano ? 1000 : 1), NS);
      copy(frames + frameBytes, frame, captured);
      frameBytes += captured;
      if (kind === QUERY || kind === OPENER) asks(state, kind, row, count, frame);
      else if (kind === ANSWER || kind === REPLY) answers(state, kind, row, count, frame, frames, rows);
      count++;
    }
    at = next;
  }
  store<u32>(state, (at - bytes) as u32, 4);
  store<i32>(state, count, 56);
  store<u32>(state, packets, 60);
  store<u32>(state, frameBytes, 76);
  store<f64>(state, from, 88);
  store<f64>(state, to, 96);
  store<f64>(state, last, 104);
  return result;
}

/** Copies a frame, and up to fifteen bytes that mean nothing behind it. */
function copy(to: usize, from: usize, bytes: u32): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
}

function word(at: usize, little: bool): u32 {
  return little ? load<u32>(at) : u32At(at);
}

function asks(state: usize, kind: i32, row: usize, number: i32, frame: usize): void {
  const isDns = kind === QUERY;
  const octet: u32 = isDns ? load<u8>(ip + (v6 ? 23 : 15)) : 0;
  const to: u32 = isDns ? server(state, ip + (v6 ? 24 : 16), v6) : 0;
  store<u32>(row, (kind as u32) | ((v6 as u32) << 16) | (octet << 17), KIND);
  store<i32>(row, key, KEY);
  store<u32>(row, (id << 16) | port, ID);
  store<u32>(row, (to << 16) | ((isDns ? questionBytes : flags) << 8) | ((ip - frame) as u32), PLACE);
  asked(state, isDns, number);
}

function answers(
  state: usize,
  kind: i32,
  row: usize,
  number: i32,
  frame: usize,
  frames: usize,
  rows: usize,
): void {
  const isDns = kind === ANSWER;
  const apart = answered(state, isDns, number, frames, rows);
  store<u32>(row, (kind as u32) | ((isDns ? rcode : 0) << 8) | ((v6 as u32) << 16) | (apart << 17), KIND);
  store<i32>(row, key, KEY);
  store<u32>(row, (id << 16) | port, ID);
  store<u32>(row, ((isDns ? questionBytes : flags) << 8) | ((ip - frame) as u32), PLACE);
}
