import { BEGINNING } from "../../grammar/beginning.js";
import { mayOpen, openingOf } from "../../grammar/heads/openings.js";
import type { Grammar, Shape } from "../../grammar/types.js";
import { type Claimer, hasBeginning } from "./claim.js";

/** Formats that may claim a line, each with its shapes that may match. */
type Able = ReadonlyMap<Grammar, Shape[]>;

/** Lines with the same first bytes. */
interface Alike {
  readonly able: Able;
  /** How many there were. */
  lines: number;
  /** Who may claim them, by their openings; `undefined`: they open in too many ways. */
  openings: Map<string, Able> | undefined;
}

/** So many beginnings are remembered … */
const MOST = 1024;
/** … and so many openings of each, … */
const MOST_OPENINGS = 128;
/** … once so many lines began so: it costs more than to ask for a few. */
const OFTEN = 1000;

/** Which formats have records that begin like a line. The lines of a source begin alike: what was found once is remembered. */
class Beginnings {
  private readonly all: Able;
  private readonly known = new Map<string, Alike>();

  constructor(formats: readonly Grammar[]) {
    this.all = new Map(formats.map((grammar) => [grammar, [...grammar.shapes]]));
  }

  knows(grammar: Grammar): boolean {
    return this.all.has(grammar);
  }

  of(line: string): Able {
    // A short line's record may go on with the next.
    if (line.length < BEGINNING) return this.all;
    const beginning = line.slice(0, BEGINNING);
    let alike = this.known.get(beginning);
    if (!alike) {
      const able = those(this.all, (shape) => hasBeginning(shape, beginning));
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(beginning, (alike = { able, lines: 0, openings: new Map() }));
    }
    return ++alike.lines > OFTEN && alike.openings ? closer(alike, alike.openings, line) : alike.able;
  }
}

function closer(alike: Alike, known: Map<string, Able>, line: string): Able {
  const opening = openingOf(line);
  let able = known.get(opening);
  if (!able) {
    if (known.size >= MOST_OPENINGS) {
      alike.openings = undefined;
      return alike.able;
    }
    able = those(alike.able, (shape) => mayOpen(shape, opening));
    known.set(opening, able);
  }
  return able;
}

const those = (all: Able, may: (shape: Shape) => boolean): Able =>
  new Map(
    [...all]
      .map(([grammar, shapes]) => [grammar, shapes.filter(may)] as const)
      .filter(([, { length }]) => length),
  );

/** What was learned of beginnings outlives the reading of a stretch: the next is of the same source as a rule. */
const learned = new WeakMap<readonly Grammar[], Beginnings>();

/** A format that may claim a line, and its shapes that may match. */
interface AbleClaimer {
  readonly claimer: Claimer;
  readonly shapes: Shape[];
}

/** Tells which of some claimers may claim a line, in their order, so that hardly any is asked for a line that it cannot claim. */
export class ByBeginning {
  private readonly beginnings: Beginnings;
  private readonly found = new Map<Able, readonly AbleClaimer[]>();

  /** @param formats all formats: what is learned is learned for this list; a claimer of another format is always asked */
  constructor(
    private readonly claimers: readonly Claimer[],
    formats: readonly Grammar[],
  ) {
    let known = learned.get(formats);
    if (!known) learned.set(formats, (known = new Beginnings(formats)));
    this.beginnings = known;
  }

  of(line: string): readonly AbleClaimer[] {
    const able = this.beginnings.of(line);
    let found = this.found.get(able);
    if (!found) {
      found = this.claimers.flatMap((claimer) => {
        const { grammar } = claimer;
        const shapes =
          able.get(grammar) ?? (this.beginnings.knows(grammar) ? undefined : [...grammar.shapes]);
        return shapes ? [{ claimer, shapes }] : [];
      });
      this.found.set(able, found);
    }
    return found;
  }
}
