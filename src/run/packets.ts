import type { Correction } from "../clock/source-clock.js";
import { PacketAccounts } from "../decode/packet/accounts.js";
import { assemble } from "../decode/packet/assembly.js";
import { wantedKinds } from "../decode/packet/kinds.js";
import { type PacketSegment, ROW, ROW_WORDS } from "../decode/packet/row.js";
import { type PacketRows, RowDecoder } from "../decode/packet/row-decoder.js";
import type { Asked } from "../decode/packet/scan.js";
import { captureHead, type SegmentConfig } from "../decode/packet/segment-reader.js";
import { PacketSequence } from "../decode/packet/sequence.js";
import { flagText } from "../decode/packet/transport.js";
import type { Source } from "../model/source.js";
import { actionsWanted } from "../rules/engine.js";
import { type Indifference, indifferent } from "../rules/indifference.js";
import type { Rule } from "../rules/rule.js";
import { HANDSHAKE, portraitsOf } from "../timeline/settler/portrait.js";
import type { SettlerOptions } from "../timeline/settler/settler.js";
import { SEGMENTS_OF_INTEREST } from "../timeline/transactions/passage/openers.js";

/** The answers that settle a question without anybody's attention, as numbers and names. */
const USUAL_ANSWERS: readonly (readonly [number, string])[] = [
  [0, "NOERROR"],
  [3, "NXDOMAIN"],
];

/**
 * Captures of at most so many bytes give their data segments, too, from which is seen what gets stuck (transactions/tcp/stalls.ts). In larger
 * ones they are nearly all there is, and reading them costs more than all else.
 */
const MOST_WITH_DATA = 16 * 1024 * 1024;

/** How captures are read as rows for these rules; `undefined` when every packet is to be an event. */
export interface PacketPlan {
  readonly asked: Asked;
  /** Absent: the rules ask about plain exchanges, too. */
  readonly settling?: Pick<SettlerOptions, "responseCodes" | "minded" | "dimensions" | "handshakes">;
}

/** Decides, from what the rules ask for, which packets give rows, and which exchanges are dropped. */
export function packetPlan(
  rules: readonly Rule[],
  wanted: ReadonlySet<string> | undefined,
): PacketPlan | undefined {
  if (wanted === undefined) return undefined;
  const isForRules = actionsWanted(rules)?.has("tcp.segment") ?? true;
  const heard = Uint8Array.from({ length: 256 }, (_, flags) =>
    Number(isForRules || SEGMENTS_OF_INTEREST.has(flagText(flags))),
  );
  const asked = {
    wanted: wantedKinds((kind) => wanted.has(kind)),
    heard,
    markers: wanted.has("capture.marker"),
  };
  const responseCodes = new Set<number>();
  const minded = new Map<number, (name: string) => boolean>();
  const dimensions = new Set<"server" | "client" | "type">();
  for (const [number, name] of USUAL_ANSWERS) {
    const needed = indifferent(rules, portraitsOf(name));
    if (needed === undefined) continue;
    responseCodes.add(number);
    if (needed.minds) minded.set(number, needed.minds);
    for (const dimension of needed.dimensions) dimensions.add(dimension);
  }
  const handshakes = isOfNoInterest(indifferent(rules, HANDSHAKE));
  return responseCodes.size === 0 && !handshakes
    ? { asked }
    : { asked, settling: { responseCodes, minded, dimensions, handshakes } };
}

/** Not even one of them is missed. */
const isOfNoInterest = (told: Indifference | undefined): boolean =>
  told !== undefined && told.dimensions.size === 0 && told.minds === undefined;

/** The plan for a capture of so many bytes. */
export function planFor(plan: PacketPlan, bytes: number): PacketPlan {
  const { asked } = plan;
  if (bytes > MOST_WITH_DATA || !asked.wanted.handshake) return plan;
  return { ...plan, asked: { ...asked, wanted: { ...asked.wanted, data: true } } };
}

/** Which kinds of packets a capture of so many bytes gives where each packet is an event. */
export function kindsFor(wanted: ReadonlySet<string>, bytes: number): (kind: string) => boolean {
  return (kind) => wanted.has(kind) || (kind === "tcp.data" && bytes <= MOST_WITH_DATA);
}

/** How a plain capture that begins with these bytes is read in stretches; `undefined` when its beginning does not tell. */
export function segmentConfig(head: Buffer, { asked }: PacketPlan): SegmentConfig | undefined {
  const known = captureHead(head);
  return known && { head: known, asked };
}

/** What puts rows on the common clock, and who wants to know their times. */
export interface Timing {
  correction: Correction | undefined;
  /** Is told the number and time of each packet that gives a row, µs. */
  told?: ((packet: number, us: number) => void) | undefined;
}

/**
 * A plain capture's rows, from its segments in order. What was counted is in the source when the generator is done.
 * @param letGo see {@link assemble}
 */
export async function* rowsOfSegments(
  source: Source,
  file: string,
  config: SegmentConfig,
  segments: AsyncIterable<PacketSegment>,
  timing: Timing,
  letGo?: (segment: PacketSegment) => void,
): AsyncGenerator<PacketRows> {
  const accounts = new PacketAccounts(source.path);
  for await (const rows of assemble(source.id, file, config, segments, accounts, letGo))
    yield timed(source, rows, timing);
  noteCounts(source, accounts);
}

/**
 * A capture's rows, from its bytes: where it is packed, or too small to be cut.
 *
 * @param broken is told when the bytes break off; the packets before that are given nevertheless
 */
export async function* rowsOfChunks(
  source: Source,
  { asked }: PacketPlan,
  chunks: AsyncIterable<Buffer>,
  timing: Timing,
  broken: (error: unknown) => void,
): AsyncGenerator<PacketRows> {
  const accounts = new PacketAccounts(source.path);
  const sequence = new PacketSequence(source.id, asked, accounts);
  try {
    for await (const chunk of chunks) yield timed(source, sequence.push(chunk), timing);
  } catch (error) {
    broken(error);
  }
  yield timed(source, sequence.end(), timing);
  accounts.close();
  noteCounts(source, accounts);
}

/** Makes events of rows: of data segments, too, where {@link planFor} has asked for them. */
export const rowDecoder = (plan: PacketPlan): RowDecoder => new RowDecoder(planFor(plan, 0).asked.wanted);

/** The rows with their times on the common clock, which the source's range then knows. */
function timed(source: Source, rows: PacketRows, { correction, told }: Timing): PacketRows {
  const placed = correction ? moved(rows, correction) : rows;
  noteTimes(source, placed);
  if (told) tellTimes(placed, told);
  return placed;
}

function tellTimes(
  { before, segment: { times, words } }: PacketRows,
  told: NonNullable<Timing["told"]>,
): void {
  for (let row = 0; row < times.length; row++)
    told(before + words[row * ROW_WORDS + ROW.PACKET]!, times[row]!);
}

/** The segment itself stays as it was read: it may be kept for another analysis. */
function moved(rows: PacketRows, correction: Correction): PacketRows {
  const stamps = rows.segment.times;
  const times = new Float64Array(stamps.length);
  const latest = new Float64Array(stamps.length);
  for (const [row, stamp] of stamps.entries()) {
    const { lo, hi } = Number.isNaN(stamp) ? UNPLACED : correction.at(stamp);
    times[row] = stamp + lo;
    latest[row] = stamp + hi;
  }
  return { ...rows, segment: { ...rows.segment, times }, moved: { stamps, latest } };
}

const UNPLACED = { lo: 0, hi: 0 };

function noteTimes(source: Source, { segment: { times } }: PacketRows): void {
  let { from, to } = source;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (!(time >= from)) from = time;
    if (!(time <= to)) to = time;
  }
  source.from = from;
  source.to = to;
}

function noteCounts(source: Source, accounts: PacketAccounts): void {
  source.records = accounts.records;
  source.parsed = accounts.parsed;
  source.unparsed = accounts.unparsed;
  source.stamp = "epoch";
  source.problems.push(...accounts.problems.list);
}
