import fs from "node:fs";
import v8 from "node:v8";
import type { SpillFolder } from "../../../evidence/archive/spill-folder.js";
import { Heap } from "./heap.js";
import type { ReadEvent } from "./reader.js";

/** The input is less in order than a window of the fetch size can mend. */
export class Disorder extends Error {}

/** Events that are sorted at once, and go to one temporary file. */
const RUN = 50_000;
/** Events of a run that are read back at once. */
const BLOCK = 500;

/** An event with its place in the order: one without a time stands behind the one that it follows in the input. */
interface Placed {
  time: number;
  event: ReadEvent;
}

/** By time, then tiebreaker (numbers before texts, what has none last), then place in the input. */
function inOrder(a: Placed, b: Placed): number {
  return (
    a.time - b.time ||
    a.event.ns - b.event.ns ||
    compareTies(a.event.tiebreaker, b.event.tiebreaker) ||
    a.event.offset - b.event.offset
  );
}

function compareTies(a: ReadEvent["tiebreaker"], b: ReadEvent["tiebreaker"]): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  const [p, q] = [String(a), String(b)];
  return p < q ? -1 : p > q ? 1 : 0;
}

function* placed(events: Iterable<ReadEvent>): Generator<Placed> {
  let time = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (!Number.isNaN(event.time)) time = event.time;
    yield { time, event };
  }
}

/**
 * Orders events that are nearly in order, in one pass: `window` of them are held.
 *
 * @throws Disorder when one comes that belongs before what was given already
 */
export function* nearlyOrdered(events: Iterable<ReadEvent>, window: number): Generator<ReadEvent> {
  const heap = new Heap<Placed>(inOrder);
  let last: Placed | undefined;
  for (const one of placed(events)) {
    if (last !== undefined && inOrder(one, last) < 0) throw new Disorder();
    heap.push(one);
    if (heap.size <= window) continue;
    last = heap.pop()!;
    yield last.event;
  }
  for (let one = heap.pop(); one; one = heap.pop()) yield one.event;
}

/** Orders events however they come: sorted runs go to temporary files, and are merged. */
export function* ordered(events: Iterable<ReadEvent>, folder: SpillFolder): Generator<ReadEvent> {
  const runs: Run[] = [];
  let held: Placed[] = [];
  for (const one of placed(events)) {
    held.push(one);
    if (held.length < RUN) continue;
    runs.push(new Run(held.sort(inOrder), folder));
    held = [];
  }
  held.sort(inOrder);
  if (runs.length === 0) {
    for (const { event } of held) yield event;
    return;
  }
  if (held.length > 0) runs.push(new Run(held, folder));
  const heap = new Heap<{ head: Placed; run: Run }>((a, b) => inOrder(a.head, b.head));
  try {
    for (const run of runs) heap.push({ head: run.next()!, run });
    for (let least = heap.pop(); least; least = heap.pop()) {
      yield least.head.event;
      const head = least.run.next();
      if (head !== undefined) heap.push({ head, run: least.run });
    }
  } finally {
    for (const run of runs) run.close();
  }
}

/** A sorted run in a temporary file. */
class Run {
  private readonly blocks: { at: number; length: number }[] = [];
  private readonly fd: number;
  private block: Placed[] = [];
  private nextBlock = 0;

  constructor(all: readonly Placed[], folder: SpillFolder) {
    const file = folder.create();
    for (let from = 0; from < all.length; from += BLOCK) {
      const bytes = v8.serialize(all.slice(from, from + BLOCK));
      this.blocks.push({ at: file.bytes, length: bytes.length });
      file.write(bytes);
    }
    file.close();
    this.fd = fs.openSync(file.absolute, "r");
  }

  next(): Placed | undefined {
    if (this.block.length === 0 && !this.readBlock()) return undefined;
    return this.block.pop();
  }

  close(): void {
    fs.closeSync(this.fd);
  }

  private readBlock(): boolean {
    const place = this.blocks[this.nextBlock++];
    if (place === undefined) return false;
    const bytes = Buffer.allocUnsafe(place.length);
    fs.readSync(this.fd, bytes, 0, place.length, place.at);
    this.block = (v8.deserialize(bytes) as Placed[]).reverse();
    return true;
  }
}
