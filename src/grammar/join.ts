import type { Fields, FieldValue } from "../model/event.js";
import type { Reading, Shape } from "./types.js";

/** So often the fields of records of one kind are joined one by one before a function is made for them. */
const PATIENCE = 16;
/** Kinds of records that are remembered; the fields of others are joined one by one. */
const MAX_KINDS = 4096;

/** Which fields of an event are asked for, by its action; `undefined`: all. */
export type Asked = (action: string) => ReadonlySet<string> | undefined;

const ALL: Asked = () => undefined;

/** Makes one object of the fields of several layers. */
type Join = (layers: readonly Fields[]) => Fields;

/** What is known of records that went through the same shapes. */
interface Kind {
  readonly next: Map<Shape, Kind>;
  /** Every decoder on the way always names the same fields. */
  readonly fixed: boolean;
  uses: number;
  join: Join | undefined;
}

/**
 * Joins the fields of a record's layers: of several values of a field that of the later layer counts; what no layer says, the
 * layers' grammars may (`set`), the innermost first.
 *
 * Records of one kind go through the same shapes, whose decoders name the same fields each time. For such a kind a function is
 * made that builds the object as one literal, many times as fast as copying some thirty fields by name.
 */
export class Joiner {
  private readonly records = kind(true);
  private readonly errors = kind(true);
  private kinds = 0;
  /** Those of the record in hand: the first `count` hold. */
  private readonly layers: Fields[] = [];
  private count = 0;

  /** @param asked what of the fields to join */
  constructor(private readonly asked: Asked = ALL) {}

  /**
   * @param through who read the record, outermost first
   * @param errors what was read of errors inside it, outermost first: their fields count for less than those of the last layer, and
   * their `set` does not count
   * @param error the one of them whose own fields count first
   */
  join(through: readonly Reading[], errors: readonly Reading[], error?: Reading): Fields {
    const last = through.length - 1;
    this.count = 0;
    let known: Kind | undefined = error ? this.errors : this.records;
    for (let i = 0; i < last; i++) known = this.follow(known, through[i]!);
    for (let i = errors.length - 1; i >= 0; i--) known = this.follow(known, errors[i]!);
    known = this.follow(known, through[last]!);
    if (error) known = this.follow(known, error);
    return known?.join ? known.join(this.layers) : this.joinBy(known, through, error ?? through[last]!);
  }

  private follow(known: Kind | undefined, { shape, fields }: Reading): Kind | undefined {
    this.layers[this.count++] = fields;
    if (!known) return undefined;
    const next = known.next.get(shape);
    if (next || this.kinds === MAX_KINDS) return next;
    this.kinds++;
    const added = kind(known.fixed && shape.fixed === true);
    known.next.set(shape, added);
    return added;
  }

  private joinBy(known: Kind | undefined, through: readonly Reading[], { shape }: Reading): Fields {
    const layers = this.layers.slice(0, this.count);
    const sets = through.map(({ grammar }) => grammar.set).reverse();
    const asked = this.asked(shape.event);
    if (!known?.fixed || known.uses++ < PATIENCE) return only(joinOneByOne(layers, sets), asked);
    known.join = compileJoin(
      layers.map((fields) => Object.keys(fields)),
      sets,
      asked,
    );
    return known.join(layers);
  }
}

const kind = (fixed: boolean): Kind => ({ next: new Map(), fixed, uses: 0, join: undefined });

/** The same without knowing which fields there are. */
export function joinOneByOne(layers: readonly Fields[], sets: readonly Fields[]): Fields {
  const joined: Fields = {};
  for (const fields of layers)
    for (const name in fields) if (fields[name] !== undefined) joined[name] = fields[name];
  for (const set of sets) for (const name in set) if (joined[name] === undefined) joined[name] = set[name];
  return joined;
}

function only(fields: Fields, asked: ReadonlySet<string> | undefined): Fields {
  return asked ? Object.fromEntries(Object.entries(fields).filter(([name]) => asked.has(name))) : fields;
}

/** A function that reads each field that is asked for from the last layer that has it, then from the first set. */
function compileJoin(
  names: readonly (readonly string[])[],
  sets: readonly Fields[],
  asked: ReadonlySet<string> | undefined,
): Join {
  const sources = new Map<string, string[]>();
  const add = (name: string, source: string) => {
    if (asked?.has(name) ?? true) sources.set(name, [...(sources.get(name) ?? []), source]);
  };
  names.toReversed().forEach((layer, i) => {
    for (const name of layer) add(name, `l${names.length - 1 - i}[${quote(name)}]`);
  });
  const lists: FieldValue[] = [];
  for (const [name, value] of sets.flatMap((set) => Object.entries(set))) {
    if (value === undefined) continue;
    add(name, typeof value === "object" ? `lists[${lists.push(value) - 1}]` : JSON.stringify(value));
  }
  const locals = names.map((_, i) => `const l${i} = layers[${i}];`).join(" ");
  const fields = [...sources].map(([name, from]) => `${keyOf(name)}: ${from.join(" ?? ")}`).join(", ");
  const make = new Function("lists", `"use strict"; return (layers) => { ${locals} return { ${fields} }; };`);
  return make(lists) as Join;
}

/** A function that makes one object of values, those of the list from a place on, in the order of these names. */
export function compileFields(
  names: readonly string[],
): (values: readonly (FieldValue | undefined)[], from: number) => Fields {
  const fields = names.map((name, i) => `${keyOf(name)}: values[from + ${i}]`).join(", ");
  const make = new Function(`"use strict"; return (values, from) => ({ ${fields} });`);
  return make() as ReturnType<typeof compileFields>;
}

/** A literal key `__proto__` would set the prototype instead of a field. */
const keyOf = (name: string): string => (name === "__proto__" ? `[${quote(name)}]` : quote(name));

const quote = (name: string): string => JSON.stringify(name);
