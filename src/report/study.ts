import type { Report } from "./contract.js";
import type { Time } from "./times.js";

/**
 * A report and what is drawn beside it: what HTML, the interactive terminal view and trace viewers show and the JSON contract does not
 * hold. Plain data: JSON keeps it whole. Everything in it is as hostile as the evidence.
 */
export interface Study {
  report: Report;
  picture: Picture;
  ladders: Ladder[];
  contexts: Context[];
}

/** What a bar or a mark is about, by kind; the lanes of a view by entity. An absent kind is not known or plays no part. */
export type EntityKind = "container" | "bridge" | "resolver" | "registry" | "host";
export type Entities = Partial<Record<EntityKind, string>>;

/**
 * Everything that happened on the common clock, over time: all of it counted, the telling part of it one by one. What has no place on
 * the common clock is not in it (`report.unplaced` names it).
 */
export interface Picture {
  /** µs since the epoch, UTC; `null`: nothing has a known time. All other times are µs after it, and may have a fraction (ns). */
  origin: number | null;
  /** How long all of it took, µs. */
  length: number;
  /** Several of one source may overlap: the finer of them then tells more of its stretch, and both count the same records. */
  densities: Density[];
  /** Ordered by `from`. */
  bars: Bar[];
  /** Ordered by `time`. */
  marks: Mark[];
  /** How many there were before the least telling were left to the densities alone. */
  totals: { bars: number; marks: number; records: number };
}

/** How many records of a source fall into each of a row of equal spans: bin i is [(first + i) · width, (first + i + 1) · width), µs after the origin. */
export interface Density {
  source: string;
  width: number;
  first: number;
  counts: number[];
  /** True: between stamps that were looked at, records are spread evenly, since not each stamp was read. */
  estimated?: true;
}

/** A moment that may be uncertain: µs after the picture's origin. For a point both are the same. */
export interface Span {
  earliest: number;
  latest: number;
}

/** How something with a beginning and an end came out. */
export type Outcome = "success" | "failure" | "unknown";

/** A transaction: a look-up, a connection, a pull, a packet's passage. */
export interface Bar {
  source: string;
  line: number;
  /** The kind of transaction, such as `dns.lookup`. */
  action: string;
  /** A few words: what was asked of whom, and what came of it. */
  label: string;
  outcome: Outcome;
  from: Span;
  to: Span;
  entities: Entities;
  /** Findings that cite it or its records. */
  findingIds: string[];
}

/** A single event. */
export interface Mark {
  source: string;
  line: number;
  action: string;
  label: string;
  time: number;
  latest: number;
  /** µs after the origin: the time as stamped, where its clock was corrected. */
  stamped?: number;
  entities: Entities;
  findingIds: string[];
}

/** Where packets of a finding were seen on their way, hop after hop. */
export interface Ladder {
  findingId: string;
  /** In the order of a packet's way, such as `vethc1 In`, `br0 In`, `eth0 Out`. */
  hops: string[];
  packets: LadderPacket[];
  /** How many packets the finding has in all. */
  total: number;
}

export interface LadderPacket {
  time: Time | null;
  /** Such as `A? registry.test` or `SYN`, and its ports. */
  label: string;
  source: string;
  line: number;
  /** One for each hop of the ladder. `seen`: with the client's address; `translated`: with another one; `missing`: it should have come here and did not; `unknown`: nobody watched. */
  at: ("seen" | "translated" | "missing" | "unknown")[];
  /** Addresses as shown at each hop: `10.0.0.2 → 8.8.8.8`; empty where it was not seen. */
  addresses: string[];
  /** Index of the first hop at which something is wrong. */
  broken?: number;
  /** What became of it, in words. */
  outcome: string;
}

/** The lines around a cited record. Its own text is in the report. */
export interface Context {
  source: string;
  line: number;
  offset: number;
  /** At most three each, as they stand in the file, cut to 1024 characters. */
  before: string[];
  after: string[];
}
