import { programOf, type Way, wayOf } from "../../../grammar/track/program.js";
import type { Grammar, Reading, Shape } from "../../../grammar/types.js";
import type { Fields } from "../../../model/event.js";
import { matchTrack } from "../../../scan/track-match.js";
import { MOST_GROUPS, MOST_SOURCES, MOST_TRACKS, type TrackTable } from "../../../scan/tracks.js";
import type { Composed, Composer, Wants } from "../compose.js";
import type { Told } from "../untimed.js";
import { planTrack } from "./build.js";
import { RecordTrack } from "./record-track.js";

/** A track is worth its making when so many records were read through the same message shape. */
const PATIENCE = 48;
/** A shape of which so many records in a row gave no track has none. */
const FAILURES = 4;
/** A longer record is hardly like others: nothing is learned of it. */
const LONGEST = 1024;

/**
 * Learns how the records look that are read again and again. Such records are read from their bytes: no string is made of them, no
 * expression run, and no layer's fields put together.
 */
export class Tracks {
  /** What is to be known to follow lines along the tracks; a new one when a track was learned. */
  table: TrackTable | undefined;
  /** By their ids. */
  private all: readonly RecordTrack[] = [];
  private ways: readonly Way[] = [];
  private readonly known = new Map<Shape, { uses: number; failures: number }>();

  constructor(private readonly composer: Composer) {}

  /** The track with this number. */
  at(id: number): RecordTrack {
    return this.all[id]!;
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
    if (++known.uses < PATIENCE || known.failures >= FAILURES || this.all.length >= MOST_TRACKS) return;
    known.failures = this.add(record, through, only.fields) ? 0 : known.failures + 1;
  }

  private add(record: string, through: readonly Reading[], fields: Fields): boolean {
    const { layers, asked } = this.composer;
    const plan = planTrack(record, through, layers, asked);
    if (!plan) return false;
    const { kind, sources } = plan;
    const groups = plan.track.filter((step) => step.kind === "open").length;
    if (groups > MOST_GROUPS || sources.length > MOST_SOURCES) return false;
    const track = new RecordTrack(this.all.length, kind, sources);
    const way = wayOf(plan.track);
    if (!reads(track, way, record, fields)) return false;
    const all = [...this.all, track];
    const ways = [...this.ways, way];
    const program = programOf(ways, marksOf(all));
    if (!program) return false;
    this.all = all;
    this.ways = ways;
    this.table = { program, sources: all.map(({ from }) => from) };
    return true;
  }
}

/** Does the track read the record that it was made of, and tell these fields of it? */
function reads(track: RecordTrack, way: Way, record: string, fields: Fields): boolean {
  const program = programOf([way], marksOf([track]));
  const bytes = Buffer.from(record, "latin1");
  const marks = new Int32Array(2 * MOST_GROUPS);
  return (
    program !== undefined &&
    matchTrack(program, bytes, 0, bytes.length, marks) === 0 &&
    track.gives(fields, bytes, marks)
  );
}

/** Which marks tracks have values from. */
function marksOf(tracks: readonly RecordTrack[]): (mark: number) => boolean {
  const used = new Set<number>();
  for (const { sources } of tracks)
    for (const source of sources) if (source.kind !== "constant") used.add(source.mark).add(source.mark + 1);
  return (mark) => used.has(mark);
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
