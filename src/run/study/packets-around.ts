import fs from "node:fs";
import { describeFields } from "../../decode/packet/describe.js";
import { wantedKinds } from "../../decode/packet/kinds.js";
import { PacketReader } from "../../decode/packet/reader.js";
import type { PacketSegment } from "../../decode/packet/row.js";
import { RowDecoder } from "../../decode/packet/row-decoder.js";
import { captureHead, readPacketSegment, type SegmentConfig } from "../../decode/packet/segment-reader.js";
import { openChunks, readHead } from "../../evidence/open.js";
import type { RecordRef } from "../../model/event.js";
import type { Surveyed } from "../survey.js";
import { type Around, MOST_LINES } from "./lines-around.js";
import { bytesToRead } from "./weight.js";
import { AroundWindow } from "./window.js";

/** A capture's beginning tells how its packets are framed. */
const HEAD_BYTES = 64 << 10;
/** So many bytes before a packet, and after it, are looked at for its neighbours. */
const NEAR_BYTES = 32 << 10;
/** Larger captures are not unpacked once more for this. */
const MOST_UNPACKED_BYTES = 64 << 20;

const WANTED = wantedKinds();
/** All that can be described in a line. */
const ASKED = { wanted: WANTED, heard: new Uint8Array(256).fill(1), markers: false };

/** The packets before and after those at these offsets, in one line each; those of other protocols than IP and ARP are left out. */
export async function packetsAround(
  member: Surveyed,
  records: readonly RecordRef[],
): Promise<ReadonlyMap<number, Around>> {
  const { file, packing } = member;
  if (packing !== "plain") return inStream(member, records);
  const head = captureHead(readHead(file.absolute, HEAD_BYTES));
  if (!head) return new Map();
  const fd = fs.openSync(file.absolute, "r");
  try {
    const config = { head, asked: ASKED };
    return new Map(
      records.map(({ offset, length }) => [
        offset,
        {
          before: packetsBefore(config, fd, offset),
          after: packetsIn(config, fd, offset + length, offset + length + NEAR_BYTES, true).lines.slice(
            0,
            MOST_LINES,
          ),
        },
      ]),
    );
  } finally {
    fs.closeSync(fd);
  }
}

/** Where packets begin before this one is supposed; only what leads to this one is believed. */
function packetsBefore(config: SegmentConfig, fd: number, offset: number): string[] {
  const { first } = config.head;
  if (offset <= first) return [];
  const from = Math.max(first, offset - NEAR_BYTES);
  const { lines, end } = packetsIn(config, fd, from, offset, from === first);
  return end === offset ? lines.slice(-MOST_LINES) : [];
}

function packetsIn(
  config: SegmentConfig,
  fd: number,
  from: number,
  to: number,
  sure: boolean,
): { lines: string[]; end: number } {
  const segment: PacketSegment = readPacketSegment(config, fd, { from, to }, sure);
  const decoder = new RowDecoder(WANTED);
  const lines: string[] = [];
  for (let row = 0; row < segment.length; row++)
    for (const { action, fields } of decoder.events({ source: 0, before: 0, segment }, row))
      lines.push(describeFields(action, fields));
  return { lines, end: segment.end };
}

async function inStream(
  { file, packing }: Surveyed,
  records: readonly RecordRef[],
): Promise<ReadonlyMap<number, Around>> {
  const window = new AroundWindow(new Set(records.map(({ offset }) => offset)));
  if (bytesToRead(file.bytes, packing) > MOST_UNPACKED_BYTES) return window.found;
  const reader = new PacketReader(0, (events) => {
    for (const { offset, action, fields } of events) window.push(offset, describeFields(action, fields));
  });
  for await (const chunk of openChunks(file.absolute, packing)) {
    reader.push(chunk);
    if (!window.isOpen) break;
  }
  reader.end();
  return window.found;
}
