import type { Fields } from "../model/event.js";
import type { BlockRules, Grammar, Shape } from "./types.js";

/** What a record leaves open for the records behind it. Plain data. */
export interface OpenBlock {
  /** Name of the grammar whose records are in it. */
  readonly grammar: string;
  /** Headers that were read, outermost first. */
  readonly headers: readonly string[];
  /** What the records behind carry, unless they say it themselves. */
  readonly fields: Fields;
}

const NO_HEADERS: readonly string[] = [];
const NO_FIELDS: Fields = {};

/** By which rules the blocks of a grammar with these shapes open and close; `undefined` when it has none. */
export function blockRules(
  shapes: readonly Pick<Shape, "event" | "after">[],
  inherit: readonly string[] = [],
): BlockRules | undefined {
  const names = new Set(shapes.flatMap(({ after }) => after ?? []));
  if (names.size === 0 && inherit.length === 0) return undefined;
  const around = new Map<string, Set<string>>();
  const enclosing = (event: string): Set<string> => {
    let all = around.get(event);
    if (all) return all;
    around.set(event, (all = new Set()));
    for (const { after } of shapes.filter((shape) => shape.event === event))
      for (const outer of after ?? []) for (const name of [outer, ...enclosing(outer)]) all.add(name);
    return all;
  };
  return { headers: new Map([...names].map((name) => [name, enclosing(name)])), inherit };
}

/**
 * Follows the blocks of a source, record by record: a header opens one, and it stays open as long as the records are its grammar's.
 * Another header closes the blocks that it does not stand in itself.
 */
export class Blocks {
  /** @param open what the records before the first one leave open */
  constructor(private open?: OpenBlock | undefined) {}

  /** What is open now. */
  get state(): OpenBlock | undefined {
    return this.open;
  }

  /** May the shape claim a record that stands here? */
  allows({ after, grammar }: Shape): boolean {
    if (!after) return true;
    const { open } = this;
    return open?.grammar === grammar && after.some((header) => open.headers.includes(header));
  }

  /** Gives a record's fields what it takes over from those before it, in place. */
  complete({ name, blocks }: Grammar, { forgets }: Shape, fields: Fields): void {
    const { open } = this;
    if (!blocks || open?.grammar !== name) return;
    for (const field of blocks.inherit)
      if (fields[field] === undefined && !forgets?.includes(field)) fields[field] = open.fields[field];
  }

  /** Goes on behind a record; its fields, where its grammar lets others inherit some, are complete. */
  pass({ name, blocks }: Grammar, shape: Shape, fields: Fields = NO_FIELDS): void {
    if (!blocks) {
      this.close();
      return;
    }
    const before = this.open?.grammar === name ? this.open : undefined;
    const headers = headersBehind(blocks, shape, before?.headers ?? NO_HEADERS);
    const inherited = inheritedBehind(blocks, fields, before?.fields ?? NO_FIELDS);
    if (before && headers === before.headers && inherited === before.fields) return;
    const isOpen = headers !== NO_HEADERS || inherited !== NO_FIELDS;
    this.open = isOpen ? { grammar: name, headers, fields: inherited } : undefined;
  }

  /** Goes on behind what is no record of the block's grammar. */
  close(): void {
    this.open = undefined;
  }
}

/** The same array where nothing changes. */
function headersBehind(
  { headers }: BlockRules,
  { event }: Shape,
  before: readonly string[],
): readonly string[] {
  const around = headers.get(event);
  return around ? [...before.filter((name) => around.has(name) && name !== event), event] : before;
}

/** The same object where nothing changes. */
function inheritedBehind({ inherit }: BlockRules, fields: Fields, before: Fields): Fields {
  if (inherit.every((name) => fields[name] === before[name])) return before;
  const known = inherit.filter((name) => fields[name] !== undefined);
  return known.length === 0 ? NO_FIELDS : Object.fromEntries(known.map((name) => [name, fields[name]]));
}
