import fs from "node:fs";
import { SpillFolder } from "../../../evidence/archive/spill-folder.js";
import type { Doc, QueryAnswer } from "../../../report/query/answer.js";
import { rfc3339 } from "../../../report/times.js";
import { COVERS_EVERYTHING, type Coverage } from "../../../rules/coverage.js";
import type { Query } from "../../../rules/eql/ast.js";
import { CATEGORIES } from "../../../rules/eql/compile.js";
import { compileQuery } from "../../../rules/eql/matcher.js";
import { PipeLine } from "../../../rules/eql/pipes.js";
import { toldByKey } from "../by-key.js";
import { Collector, type Extent } from "../collect.js";
import { multiFields } from "./multi-fields.js";
import { Disorder, nearlyOrdered, ordered } from "./order.js";
import { type Account, type EventFields, newAccount, type ReadEvent, readEvents } from "./reader.js";
import { comparedAsTime } from "./time-field.js";

export interface EventsOptions extends EventFields {
  /** Events that are held to be put in order while they are read. */
  fetchSize: number;
  extent: Extent;
  /** What is not among the events did not happen. Else that is known from the first event's time to the last one's only. */
  complete: boolean;
  since?: number | undefined;
  until?: number | undefined;
  /** A folder for temporary files. */
  tmp?: string | undefined;
}

export interface EventsAnswer extends QueryAnswer {
  /** Names of all fields that the events have. */
  known: ReadonlySet<string>;
  events: number;
  /** Places that hold no event, the first ones. */
  problems: readonly { line: number; message: string }[];
}

const STDIN = 0;
const CHUNK = 1 << 20;

/**
 * Asks a query of anybody's events: a file of JSON objects, one a line, one after the other or in an array; `-` is standard input. They
 * are read in one pass where they are nearly in the order of their times, else in two.
 *
 * @throws the file system's errors, and LimitError where there is no room for temporary files
 */
export function queryEvents(file: string, query: Query, options: EventsOptions): EventsAnswer {
  const folder = new SpillFolder(options.tmp);
  try {
    const place = file === "-" ? spooled(folder) : file;
    const index = file === "-" ? "stdin" : file;
    const names = { ...options, multiFields: multiFields(query) };
    const pass = (order: (events: Iterable<ReadEvent>) => Iterable<ReadEvent>): EventsAnswer => {
      const account = newAccount();
      return ask(order(readEvents(place, names, account)), account, index, query, options);
    };
    try {
      return pass((events) => nearlyOrdered(events, options.fetchSize));
    } catch (error) {
      if (!(error instanceof Disorder)) throw error;
      return pass((events) => ordered(events, folder));
    }
  } finally {
    folder.close();
  }
}

function ask(
  events: Iterable<ReadEvent>,
  account: Account,
  index: string,
  query: Query,
  { extent, complete, since, until, timestampField }: EventsOptions,
): EventsAnswer {
  const seen = new Seen();
  const asked = comparedAsTime(toldByKey(query, extent.samplesPerKey), timestampField);
  const matcher = compileQuery(asked, { coverage: complete ? COVERS_EVERYTHING : seen });
  const collector = new Collector(query, extent);
  const pipes = new PipeLine(query.pipes, collector.take);
  for (const event of events) {
    if ((since !== undefined && event.time < since) || (until !== undefined && event.time > until)) continue;
    seen.see(event.time);
    matcher.push(event, pipes.push);
  }
  matcher.end(pipes.push);
  pipes.end();
  const notes = [...matcher.notes(), ...pipes.notes(), ...troubles(account)];
  const answer = collector.answer((event) => docOf(event as ReadEvent, index), notes);
  const { fields: known, events: count, problems } = account;
  return { ...answer, known, events: count, problems };
}

function troubles({ undated, problems, problemCount }: Account): string[] {
  const notes: string[] = [];
  if (undated > 0)
    notes.push(
      `${undated} events have no time that can be read: sequences with a maxspan leave them out (--timestamp-field names the field)`,
    );
  if (problemCount > problems.length)
    notes.push(`${problemCount} places of the input hold no event; the first ${problems.length} are told`);
  return notes;
}

/** What the events cover: from the first one's time to the last one's. */
class Seen implements Coverage {
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;

  see(time: number): void {
    if (time < this.first) this.first = time;
    if (time > this.last) this.last = time;
  }

  covers(_kind: string, from: number, to: number): boolean {
    return this.first <= from && to <= this.last;
  }
}

function docOf(event: ReadEvent, index: string): Doc {
  const { fields, document, id, line, category, action } = event;
  const shown: Doc["fields"] = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || name === CATEGORIES ? [] : [[name, value]],
    ),
  );
  // What `| unique_count` added.
  const added = Object.fromEntries(
    ["count", "percent"].flatMap((name) =>
      fields[name] !== undefined && document[name] === undefined ? [[name, fields[name]]] : [],
    ),
  );
  const source = Object.keys(added).length > 0 ? { ...document, ...added } : document;
  return { index, id, time: rfc3339(event.time, event.ns), line, category, action, fields: shown, source };
}

/** Standard input as a file, so that it can be read again. */
function spooled(folder: SpillFolder): string {
  const file = folder.create();
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    let length: number;
    try {
      length = fs.readSync(STDIN, buffer, 0, CHUNK, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN") {
        // Nothing there yet.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
        continue;
      }
      if (code === "EOF") break;
      throw error;
    }
    if (length === 0) break;
    file.write(Buffer.from(buffer.subarray(0, length)));
  }
  file.close();
  return file.absolute;
}
