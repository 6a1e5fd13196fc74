import fs from "node:fs";
import type { PacketSegment } from "../decode/packet/row.js";
import { readPacketSegment, type SegmentConfig } from "../decode/packet/segment-reader.js";
import type { Stretch } from "../decode/segment.js";

/** How the stretches of a file are read. Plain data. */
export type Plan = SegmentConfig;

/** A stretch of a file that is to be read. Plain data, as its result is: any thread can do it. */
export interface Job {
  readonly file: string;
  readonly plan: Plan;
  readonly stretch: Stretch;
  /** A record begins at the stretch's first byte. Else it is to be supposed where one does. */
  readonly sure: boolean;
}

export type Segment = PacketSegment;

/** Does a job. Throws the system's error when the file can't be read. */
export function readJob({ file, plan, stretch, sure }: Job): Segment {
  const fd = fs.openSync(file, "r");
  try {
    return readPacketSegment(plan, fd, stretch, sure);
  } finally {
    fs.closeSync(fd);
  }
}

const arraysOf = ({ times, words, frames }: Segment) => [times, words, frames];

/** Memory of a segment that need not be copied when it goes to another thread. */
export const buffersOf = (segment: Segment): ArrayBuffer[] =>
  arraysOf(segment).map(({ buffer }) => buffer as ArrayBuffer);

/** The segment as it was before it came from another thread, where a buffer is a mere array of bytes. */
export const arrived = (segment: Segment): Segment => ({ ...segment, frames: asBuffer(segment.frames) });

/** About how many bytes of memory a segment holds. */
export const weightOf = (segment: Segment): number =>
  arraysOf(segment).reduce((sum, { byteLength }) => sum + byteLength, 0);

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
