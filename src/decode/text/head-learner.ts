import { HeadMaker } from "../../grammar/heads/heads.js";
import type { Grammar, Shape } from "../../grammar/types.js";
import type { Head, Scanner } from "../../scan/scanner.js";

/** Comparing a chunk anew costs as much as reading some hundred lines: so many times it may be done at first … */
const CREDIT = 64;
/** … and so many times more for each further chunk. */
const CREDIT_PER_CHUNK = 4;
/** A shape of which so many lines in a row gave no head gives none. */
const PATIENCE = 16;

/** What is known of a format's patterns holds for all its sources. */
const makers = new WeakMap<Grammar, HeadMaker>();

function makerOf(grammar: Grammar): HeadMaker {
  let maker = makers.get(grammar);
  if (!maker) makers.set(grammar, (maker = new HeadMaker(grammar)));
  return maker;
}

/** Teaches a scanner how the lines begin that one envelope claims, as such lines are met. */
export class HeadLearner {
  private readonly maker: HeadMaker;
  private readonly misses = new Map<Shape, number>();
  private credit = CREDIT;

  /** The scanner forgets what it knew of other formats. */
  constructor(
    private readonly scanner: Scanner,
    grammar: Grammar,
  ) {
    this.maker = makerOf(grammar);
    scanner.forgetHeads();
    scanner.knowCalls(grammar.calls, this.maker.continuing);
  }

  /** 1 for each byte with which a line may begin that continues the record before it. */
  get continuing(): Uint8Array {
    return this.maker.continuing;
  }

  /** A new chunk begins. */
  rest(): void {
    this.credit = Math.min(CREDIT, this.credit + CREDIT_PER_CHUNK);
  }

  /**
   * Takes a line that fits no head though the shape claims it.
   * @returns true: the scanner knows one more head, and the lines that follow should be compared anew
   */
  learn(shape: Shape, line: string): boolean {
    const misses = this.misses.get(shape) ?? 0;
    if (this.credit <= 0 || misses >= PATIENCE) return false;
    const head: Head | undefined = this.maker.derive(shape, line);
    this.misses.set(shape, head ? 0 : misses + 1);
    if (!head) return false;
    this.credit--;
    this.scanner.addHead(head);
    return true;
  }
}
