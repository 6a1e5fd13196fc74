import { familiesOf, subjectOf } from "../../clock/align/families.js";
import type { Event } from "../../model/event.js";
import type { Looked, Reading } from "./looked.js";

/** Reads a source's events of these actions; `all`: without passing over records that seem to tell of none. */
type Read = (actions: ReadonlySet<string>, all: boolean) => AsyncIterable<readonly Event[]>;

/**
 * A small log that is looked at twice, for what few of its lines tell and then for what nearly all do, is read once: what the second
 * look will ask for is kept from the first. Only where that look is certain to come, because a source that is looked at after it can
 * tell of the same.
 */
export class ReadOnce {
  /** What the second look will ask for. */
  private readonly later = new Map<Looked, ReadonlySet<string>>();
  private readonly kept = new Map<Looked, readonly (readonly Event[])[]>();

  /** @param readings in their order */
  constructor(readings: readonly Reading[]) {
    const seen = new Map<Looked, Reading>();
    for (const [turn, reading] of readings.entries()) {
      const { source } = reading;
      const first = seen.get(source);
      const rest = readings.slice(turn + 1);
      if (first && isSmall(first) && isSmall(reading) && rest.some((other) => mayShare(reading, other)))
        this.later.set(source, actionsOf(reading));
      seen.set(source, reading);
    }
  }

  /** The events of these actions, and maybe others. */
  async *events(
    { source }: Reading,
    actions: ReadonlySet<string>,
    all: boolean,
    read: Read,
  ): AsyncGenerator<readonly Event[]> {
    const kept = this.kept.get(source);
    if (kept) {
      this.kept.delete(source);
      yield* kept;
      return;
    }
    const later = this.later.get(source);
    if (!later) {
      yield* read(actions, all);
      return;
    }
    const batches: (readonly Event[])[] = [];
    for await (const batch of read(new Set([...actions, ...later]), true)) {
      batches.push(batch.filter(({ action }) => later.has(action)));
      yield batch;
    }
    this.kept.set(source, batches);
  }
}

/** Is all of it looked at, and is it one text as it lies? */
const isSmall = ({ source: { members }, most }: Reading): boolean =>
  members.length === 1 && members[0]!.kind === "text" && members[0]!.file.bytes <= most;

const actionsOf = ({ kinds }: Reading): ReadonlySet<string> =>
  new Set(kinds.flatMap(({ actions }) => actions));

function mayShare(one: Reading, other: Reading): boolean {
  const subjects = new Set([...familiesOf(one.kinds)].map(subjectOf));
  return [...familiesOf(other.kinds)].some((family) => subjects.has(subjectOf(family)));
}
