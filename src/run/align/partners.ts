import type { Clue, ClueKind } from "../../clock/align/clue.js";
import { familiesOf, familyOf, nameIn, subjectOf } from "../../clock/align/families.js";

/** More keys than these are not kept to tell what nobody else knows. */
const MOST_KEYS = 200_000;

/** What was told of one subject. */
class Told {
  readonly families = new Set<string>();
  /** Its keys; undefined where they are too many. */
  keys: Set<string> | undefined = new Set();
  private names: Set<string> | undefined;

  has(key: string): boolean {
    return this.keys?.has(key) !== false;
  }

  /** Is the name in any key? To be asked when nothing more will be told. */
  hasName(name: string): boolean {
    if (!this.keys) return true;
    this.names ??= new Set([...this.keys].map(nameIn));
    return this.names.has(name);
  }
}

/** What a source is looked at for. */
export interface Shared {
  /** Those of its kinds that another source was or may be found to share. */
  kinds: readonly ClueKind[];
  /** Can this clue matter to any other source? */
  matters(clue: Clue): boolean;
  /** Can any clue of a subject with this name in its key? To be asked before keys are made. */
  mayMatter(subject: string, name: string): boolean;
}

/**
 * Knows which sources may still share what with which, while they are looked at one after another: a source is not read for what nobody
 * else can tell of, and of the last one that can only those clues count which another has given.
 */
export class Partners {
  /** Of each subject: sources that can tell of it by themselves and were not looked at yet. */
  private readonly toCome = new Map<string, number>();
  /** The same, with those that only answer what others told. */
  private readonly listening = new Map<string, number>();
  private readonly told = new Map<string, Told>();
  private keys = 0;

  constructor(all: readonly (readonly ClueKind[])[]) {
    for (const kinds of all) this.add(kinds, 1);
  }

  /** A source is looked at next. */
  next(kinds: readonly ClueKind[]): Shared {
    this.add(kinds, -1);
    const own = subjectsOf(familiesOf(kinds));
    // What it tells by itself, all may ask for that are to come; what it only answers, those that tell of it.
    const mayBeAsked = (subject: string) => isAny(own.has(subject) ? this.listening : this.toCome, subject);
    const isShared = (family: string) => {
      const subject = subjectOf(family);
      return mayBeAsked(subject) || this.told.get(subject)?.families.has(family) === true;
    };
    return {
      kinds: kinds.filter(({ families }) => families.some(isShared)),
      matters: ({ key }) => {
        const subject = subjectOf(key);
        return mayBeAsked(subject) || this.told.get(subject)?.has(key) === true;
      },
      mayMatter: (subject, name) => mayBeAsked(subject) || this.told.get(subject)?.hasName(name) === true,
    };
  }

  /** All keys of this subject that were told so far; `undefined` where they are too many to be kept. */
  keysOf(subject: string): ReadonlySet<string> | undefined {
    const told = this.told.get(subject);
    return told ? told.keys : NO_KEYS;
  }

  /** A clue was given. */
  note({ key }: Clue): void {
    const subject = subjectOf(key);
    // Nobody will ask.
    if (!isAny(this.listening, subject)) return;
    let told = this.told.get(subject);
    if (!told) this.told.set(subject, (told = new Told()));
    told.families.add(familyOf(key));
    if (!told.keys || told.keys.has(key)) return;
    told.keys.add(key);
    if (++this.keys <= MOST_KEYS) return;
    this.keys -= told.keys.size;
    told.keys = undefined;
  }

  private add(kinds: readonly ClueKind[], sources: 1 | -1): void {
    const own = subjectsOf(familiesOf(kinds));
    const all = new Set([...own, ...subjectsOf(kinds.flatMap(({ answers = [] }) => answers))]);
    for (const subject of own) this.toCome.set(subject, (this.toCome.get(subject) ?? 0) + sources);
    for (const subject of all) this.listening.set(subject, (this.listening.get(subject) ?? 0) + sources);
  }
}

const NO_KEYS: ReadonlySet<string> = new Set();

const isAny = (sources: ReadonlyMap<string, number>, subject: string): boolean =>
  (sources.get(subject) ?? 0) > 0;

const subjectsOf = (families: Iterable<string>): Set<string> => new Set([...families].map(subjectOf));
