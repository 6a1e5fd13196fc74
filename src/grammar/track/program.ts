import { ANY_NUMBER, MOST_PROGRAM, Op, STEP, setOf } from "../../scan/tracks.js";
import type { ByteSet } from "../bytes.js";
import type { Step, Track } from "./step.js";

/** Where the begin of a group is noted among the marks; its end is noted behind it. */
export const markOf = (group: number): number => 2 * group;

/** A step of a program: its numbers, and the blocks behind them. */
interface Instruction {
  readonly numbers: readonly [op: number, ...numbers: number[]];
  readonly blocks?: Uint8Array;
  /** Two are the same when their keys are. */
  readonly key: string;
}

/** A range of bytes. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** A plain track (plain.ts) as steps of a program. */
export type Way = readonly Instruction[];

/** @param track of bytes that are ASCII and no line ends */
export const wayOf = (track: Track): Way => new Compiler().compile(track);

/**
 * The program (scan/tracks.ts) that tells which of some ways a text takes. Those that begin alike have their first steps in common.
 *
 * @param isNoted whether the place of a mark is of use
 * @returns `undefined` when it is longer than any may be
 */
export function programOf(ways: readonly Way[], isNoted: (mark: number) => boolean): Uint8Array | undefined {
  const program = new Program();
  const isKept = ({ numbers: [op, mark = 0] }: Instruction) => op !== Op.MARK || isNoted(mark);
  program.add(
    ways.map((way, number) => ({ number, steps: way.filter(isKept) })),
    0,
  );
  return program.bytes;
}

interface Numbered {
  readonly number: number;
  readonly steps: Way;
}

class Program {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  get bytes(): Uint8Array | undefined {
    return this.length > MOST_PROGRAM ? undefined : new Uint8Array(Buffer.concat(this.parts));
  }

  /** Adds ways that have `depth` steps behind them. */
  add(ways: readonly Numbered[], depth: number): void {
    const groups = new Map<string, Numbered[]>();
    for (const way of ways) {
      const key = way.steps[depth]?.key ?? "";
      const group = groups.get(key);
      if (group) group.push(way);
      else groups.set(key, [way]);
    }
    let left = groups.size;
    for (const group of groups.values()) {
      const fork = --left > 0 ? this.put([Op.FORK, 0]) : undefined;
      const next = group[0]!.steps[depth];
      if (next) {
        this.put(next.numbers, next.blocks);
        this.add(group, depth + 1);
      } else this.put([Op.ACCEPT, group[0]!.number]);
      if (fork) new Int32Array(fork.buffer)[1] = this.length;
    }
  }

  private put(numbers: readonly number[], blocks?: Uint8Array): Uint8Array {
    const step = new Uint8Array(STEP);
    new Int32Array(step.buffer).set(numbers);
    this.parts.push(step);
    if (blocks) this.parts.push(blocks);
    this.length += step.length + (blocks?.length ?? 0);
    return step;
  }
}

/** Makes the steps of one track: places of a fixed number become one, with the marks between them behind it. */
class Compiler {
  private readonly done: Instruction[] = [];
  private places: Range[] = [];
  /** Marks since these places began, and how many of them each lies behind. */
  private marks: [mark: number, at: number][] = [];

  compile(track: Track): Way {
    for (const step of track) this.step(step);
    this.flush();
    return this.done;
  }

  private step(step: Step): void {
    switch (step.kind) {
      case "open":
        this.mark(markOf(step.group));
        break;
      case "close":
        this.mark(markOf(step.group) + 1);
        break;
      case "bytes":
        this.places.push(...rangesOf(step.bytes));
        break;
      case "unless":
        // What has a line end never stands in a line.
        if (!/[\r\n]/.test(step.bytes))
          this.put([Op.UNLESS, step.bytes.length], blocksOf(rangesOf(step.bytes)));
        break;
      default:
        this.run(step);
    }
  }

  private run({ set, min, max, last }: Step & { kind: "run" }): void {
    const { range, bits } = writtenSet(set);
    if (min === max && range) for (let i = 0; i < min; i++) this.places.push(range);
    else if (min === max) this.put([Op.EXACTLY, min], bits);
    else {
      const sets = last ? [bits, writtenSet(last).bits] : [bits];
      this.put([Op.RUN, min, Math.min(max, ANY_NUMBER), last ? 1 : 0], Buffer.concat(sets));
    }
  }

  private mark(mark: number): void {
    this.marks.push([mark, this.places.length]);
  }

  private put(numbers: Instruction["numbers"], blocks: Uint8Array): void {
    this.flush();
    this.push(numbers, blocks);
  }

  private flush(): void {
    const { places, marks } = this;
    if (places.length > 0) this.push([Op.PLACES, places.length], blocksOf(places));
    for (const [mark, at] of marks) this.push([Op.MARK, mark, places.length - at]);
    this.places = [];
    this.marks = [];
  }

  private push(numbers: Instruction["numbers"], blocks?: Uint8Array): void {
    this.done.push({ numbers, ...(blocks && { blocks }), key: `${numbers}:${latin1(blocks)}` });
  }
}

const rangesOf = (bytes: string): Range[] =>
  [...Buffer.from(bytes, "latin1")].map((byte) => ({ low: byte, high: byte }));

const latin1 = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString("latin1") : "");

/** A set as a step has it, and as a range, if it is all bytes from one to another. */
interface Written {
  readonly bits: Uint8Array;
  readonly range: Range | undefined;
}

/** By key: tracks have few different sets, again and again. */
const written = new Map<string, Written>();
const MOST_WRITTEN = 1024;

function writtenSet(set: ByteSet): Written {
  let known = written.get(set.key);
  if (!known) {
    const members = set.members();
    const low = members[0] ?? 0;
    const high = members.at(-1) ?? -1;
    const range = high - low + 1 === members.length ? { low, high } : undefined;
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(set.key, (known = { bits: setOf(members), range }));
  }
  return known;
}

/** Blocks of the lowest bytes and how far above them bytes may be; what is behind the last place may be anything. */
function blocksOf(places: readonly Range[]): Uint8Array {
  const blocks = new Uint8Array(2 * STEP * Math.ceil(places.length / STEP));
  for (let i = 0; i < blocks.length / 2; i++) {
    const at = 2 * (i - (i % STEP)) + (i % STEP);
    const { low, high } = places[i] ?? { low: 0, high: 255 };
    blocks[at] = low;
    blocks[at + STEP] = high - low;
  }
  return blocks;
}
