import fs from "node:fs";
import type { PacketSegment } from "../decode/packet/row.js";
import { readPacketSegment, type SegmentConfig } from "../decode/packet/segment-reader.js";
import type { Stretch } from "../decode/segment.js";
import type { TextSegment } from "../decode/text/segment.js";
import type { OpenBlock } from "../grammar/blocks.js";
import type { Kit } from "./kit.js";
import { readText, type TextPlan } from "./text.js";

/** How the stretches of a file are read. Plain data. */
export type Plan = TextPlan | SegmentConfig;

/** What a stretch gives. Plain data. */
export type Segment = TextSegment | PacketSegment;

/** A stretch of a file that is to be read. Any thread can do it. */
export interface Job {
  readonly file: string;
  readonly plan: Plan;
  readonly stretch: Stretch;
  /** A record begins at the stretch's first byte. Else it is to be supposed where one does. */
  readonly sure: boolean;
  /** What the records before that byte left open. */
  readonly open?: OpenBlock | undefined;
}

const isOfText = (segment: Segment): segment is TextSegment => "lines" in segment;

/**
 * All records of a stretch would live through several collections of V8's young generation before anybody looks at them. So many at a
 * time die young.
 */
const RECORDS_AT_ONCE = 1024;

/**
 * Does a job. Throws the system's error when the file can't be read.
 * @param now the result is used at once: a part of it is enough, where it is much
 */
export function readJob({ file, plan, stretch, sure, open }: Job, kit: Kit, now: boolean): Segment {
  const fd = fs.openSync(file, "r");
  try {
    if ("asked" in plan) return readPacketSegment(plan, fd, stretch, sure);
    const start = sure ? { at: stretch.from, open } : undefined;
    return readText(plan, kit, fd, stretch, start, now ? RECORDS_AT_ONCE : undefined);
  } finally {
    fs.closeSync(fd);
  }
}

function arraysOf(segment: Segment): readonly ArrayBufferView[] {
  if (isOfText(segment)) {
    const { unread = {}, columns = {} } = segment;
    return [...Object.values(unread), ...Object.values(columns)].filter(ArrayBuffer.isView);
  }
  return [segment.times, segment.words, segment.frames];
}

/** Memory of a segment that need not be copied when it goes to another thread. */
export const buffersOf = (segment: Segment): ArrayBuffer[] =>
  arraysOf(segment).map(({ buffer }) => buffer as ArrayBuffer);

/** A happening with its fields, as objects: bytes. */
const HAPPENING_BYTES = 800;
/** A value that is none of columns of bytes. */
const VALUE_BYTES = 64;

/** About how many bytes of memory a segment holds. */
export function weightOf(segment: Segment): number {
  const arrays = arraysOf(segment).reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (!isOfText(segment)) return arrays;
  const { wanted, columns } = segment;
  return arrays + wanted.length * HAPPENING_BYTES + (columns?.others.length ?? 0) * VALUE_BYTES;
}
