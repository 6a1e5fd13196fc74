import type { Clue, ClueKind } from "../../clock/align/clue.js";

/** More keys than these are not kept to tell what nobody else knows. */
const MOST_KEYS = 200_000;

/** The family of a key: its first word up to a dot or blank. Keys of different families are never the same. */
const familyOf = (key: string): string => /^[^. ]*/.exec(key)![0];

const familiesOf = (kinds: readonly ClueKind[]): Set<string> =>
  new Set(kinds.flatMap(({ name, families }) => families ?? [familyOf(name)]));

/**
 * Knows which sources may still share what with which, while they are looked at one after another: a source is not read for what nobody
 * else can tell of, and of the last one that can only those clues count which another has given.
 */
export class Partners {
  /** Of each family: sources that can tell of it and were not looked at yet. */
  private readonly toCome = new Map<string, number>();
  /** Of each family that something was told of: its keys; undefined where they are too many. */
  private readonly told = new Map<string, Set<string> | undefined>();
  private keys = 0;

  constructor(all: readonly (readonly ClueKind[])[]) {
    for (const kinds of all)
      for (const family of familiesOf(kinds)) this.toCome.set(family, (this.toCome.get(family) ?? 0) + 1);
  }

  /**
   * A source is looked at next.
   * @returns those of its kinds that another source was or may be found to share, and which of its clues can matter to any
   */
  next(kinds: readonly ClueKind[]): { kinds: readonly ClueKind[]; matters: (clue: Clue) => boolean } {
    for (const family of familiesOf(kinds)) this.toCome.set(family, this.toCome.get(family)! - 1);
    const isShared = (family: string) => this.toCome.get(family)! > 0 || this.told.has(family);
    return {
      kinds: kinds.filter((kind) => [...familiesOf([kind])].some(isShared)),
      matters: ({ key }) => {
        const family = familyOf(key);
        return (this.toCome.get(family) ?? 0) > 0 || this.isTold(family, key);
      },
    };
  }

  /** A clue was given. */
  note({ key }: Clue): void {
    const family = familyOf(key);
    // Nobody will ask.
    if ((this.toCome.get(family) ?? 0) === 0) return;
    if (!this.told.has(family)) this.told.set(family, new Set());
    const known = this.told.get(family);
    if (!known || known.has(key)) return;
    known.add(key);
    if (++this.keys <= MOST_KEYS) return;
    this.keys -= known.size;
    this.told.set(family, undefined);
  }

  private isTold(family: string, key: string): boolean {
    if (!this.told.has(family)) return false;
    const known = this.told.get(family);
    return known === undefined || known.has(key);
  }
}
