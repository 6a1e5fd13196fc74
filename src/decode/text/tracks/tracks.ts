import { compileTrack, type Matcher } from "../../../grammar/track/matcher.js";
import type { Grammar, Reading, Shape } from "../../../grammar/types.js";
import type { Fields } from "../../../model/event.js";
import type { Composed, Composer, Wants } from "../compose.js";
import type { Told } from "../untimed.js";
import { planTrack } from "./build.js";
import { RecordTrack } from "./record-track.js";

/** A track is worth its making when so many records were read through the same message shape. */
const PATIENCE = 48;
/** A shape of which so many records in a row gave no track has none. */
const FAILURES = 4;
/** So many tracks are known of one format; beyond them records are read layer by layer. */
const MOST = 64;
/** A longer record is hardly like others: nothing is learned of it. */
const LONGEST = 1024;
/** Groups of all layers of a record, at most. */
const MOST_GROUPS = 128;

/** Tracks that begin alike. */
interface Lead {
  readonly key: string;
  readonly match: Matcher;
  /** By the byte that follows. */
  readonly tracks: (RecordTrack[] | undefined)[];
}

/**
 * Learns how the records look that are read again and again, and reads such records from their bytes: no string is made of them, no
 * expression run, and no layer's fields put together.
 */
export class Tracks {
  /** Where the values of the record that was found lie. */
  readonly marks = new Int32Array(2 * MOST_GROUPS);
  /** The lead that fitted last comes first. */
  private readonly leads: Lead[] = [];
  private readonly known = new Map<Shape, { uses: number; failures: number }>();
  private count = 0;

  constructor(private readonly composer: Composer) {}

  /** The track of the record in bytes[from, to), its values taken; `undefined`: it must be read through its layers. */
  of(bytes: Buffer, from: number, to: number): RecordTrack | undefined {
    const { leads, marks } = this;
    if (to <= from || bytes[to - 1]! <= 32) return undefined;
    for (let i = 0; i < leads.length; i++) {
      const lead = leads[i]!;
      const at = lead.match(bytes, from, to, marks);
      const tracks = at < 0 ? undefined : lead.tracks[bytes[at]!];
      if (!tracks) continue;
      for (const track of tracks) {
        if (track.match(bytes, at, to, marks) !== to) continue;
        if (!track.take(bytes, marks)) return undefined;
        if (i > 0) leads.unshift(...leads.splice(i, 1));
        return track;
      }
    }
    return undefined;
  }

  /** Takes a record that was read through its layers, and what it tells. */
  learn(record: string, { through, also, beside }: Composed, told: readonly Told[]): void {
    const { grammar, shape } = through.at(-1)!;
    const [only, another] = told;
    const isAlone = only && !another && also.length === 0 && beside.length === 0;
    if (
      record.length > LONGEST ||
      !isAlone ||
      grammar.layer !== "message" ||
      shape.pass ||
      only.action !== shape.event
    )
      return;
    let known = this.known.get(shape);
    if (!known) this.known.set(shape, (known = { uses: 0, failures: 0 }));
    if (++known.uses < PATIENCE || known.failures >= FAILURES || this.count >= MOST) return;
    known.failures = this.add(record, through, only.fields) ? 0 : known.failures + 1;
  }

  private add(record: string, through: readonly Reading[], fields: Fields): boolean {
    const { layers, asked } = this.composer;
    const plan = planTrack(record, through, layers, asked);
    if (!plan) return false;
    const { leadKey, lead, words, kind, sources } = plan;
    const groups = [...lead, ...words].filter((step) => step.kind === "open").length;
    if (groups > MOST_GROUPS) return false;
    const track = new RecordTrack(this.count, kind, sources, compileTrack(words));
    let known = this.leads.find(({ key }) => key === leadKey);
    if (!known) known = { key: leadKey, match: compileTrack(lead), tracks: [] };
    const bytes = Buffer.from(record, "latin1");
    const at = known.match(bytes, 0, bytes.length, this.marks);
    if (at < 0 || track.match(bytes, at, bytes.length, this.marks) !== bytes.length) return false;
    if (!track.take(bytes, this.marks) || !track.gives(fields, bytes, this.marks)) return false;
    this.count++;
    if (!this.leads.includes(known)) this.leads.unshift(known);
    (known.tracks[bytes[at]!] ??= []).push(track);
    return true;
  }
}

const learned = new WeakMap<Composer, WeakMap<Grammar, WeakMap<object, Tracks>>>();
/** Stands for those who want all happenings. */
const ALL = {};

/** What is known of the records of one format, for all sources that are read by one composer for the same wishes. */
export function tracksOf(composer: Composer, format: Grammar, wants: Wants | undefined): Tracks {
  const ofComposer = kept(learned, composer, () => new WeakMap<Grammar, WeakMap<object, Tracks>>());
  const ofFormat = kept(ofComposer, format, () => new WeakMap<object, Tracks>());
  return kept(ofFormat, wants ?? ALL, () => new Tracks(composer));
}

function kept<K extends WeakKey, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
