import type { Told } from "../clock/host/told.js";
import type { StampSample } from "../clock/observed.js";
import { isDockerStream } from "../decode/docker/stream.js";
import { decodedEnvelopes, envelopesOf } from "../decode/envelopes.js";
import { journalFile } from "../decode/journal/binary/format.js";
import { isJournal, UnreadableJournal } from "../decode/journal/binary/header.js";
import { isPcapng } from "../decode/packet/pcapng.js";
import { PacketReader } from "../decode/packet/reader.js";
import { resolutionOfCapture } from "../decode/packet/resolution.js";
import { Claimer, type Detection, MAX_RECORD } from "../decode/text/claim.js";
import { Composer } from "../decode/text/compose.js";
import { isOfficeDocument } from "../evidence/archive/kind.js";
import { looksBinary, type Sniffed, sniffEncoding, Transcoder } from "../evidence/encoding.js";
import { type Packing, packingOf, readHead, readTail, readUnpackedHead } from "../evidence/open.js";
import type { Peel } from "../evidence/peel/peelers.js";
import { type FoundFile, reasonOf } from "../evidence/walk.js";
import { MessageIndex } from "../grammar/index/index.js";
import type { Grammar } from "../grammar/types.js";
import type { Problem, Source } from "../model/source.js";
import { isOwnOutput, OWN_OUTPUT_HEAD } from "../report/own-output.js";
import { damageAtOnce, rangeOfPackets } from "./beginnings.js";
import { newSource } from "./found.js";
import { sampleJournal } from "./journal-survey.js";
import { peeled } from "./peeling.js";
import { recognise } from "./recognise.js";
import { sampleRecords, stampSample } from "./samples.js";
import { countedAsTold, noteTold } from "./told.js";

/** How much of a source's beginning is looked at to tell what it is. */
const HEAD_BYTES = 128 << 10;
const TAIL_BYTES = 16 << 10;
const MAX_SAMPLES = 200;

/** What a source is, before it is read. */
export interface Surveyed {
  source: Source;
  file: FoundFile;
  packing: Packing;
  encoding: Sniffed;
  /** What was put around its lines after they were written; absent: nothing. */
  peel?: Peel;
  kind: "packets" | "journal" | "text" | "nothing";
  detection: Detection;
  /** The first lines of a table, which name its columns. */
  table?: string;
  samples: StampSample[];
  /** What it says of the host that it is from. */
  told?: Told | undefined;
  /** First and last known time of a capture's beginning, µs UTC. */
  range?: [from: number, to: number] | undefined;
  /** The step of a capture's stamps, seconds. */
  resolution?: number | undefined;
  /** Do its records hand words on to the message layer? */
  handsOn: boolean;
}

/** The grammars by layer, and what is made of them once. */
export interface Toolbox {
  envelopes: Grammar[];
  bodies: Grammar[];
  messages: Grammar[];
  composer: Composer;
  /** Reads a record's stamps, of its envelope and inside its message, and leaves the message's words unread. */
  sampler: Composer;
}

export function toolboxOf(grammars: readonly Grammar[]): Toolbox {
  const layer = (name: Grammar["layer"]) => grammars.filter((grammar) => grammar.layer === name);
  const [bodies, messages] = [layer("body"), layer("message")];
  const envelopes = envelopesOf(grammars);
  let index: MessageIndex | undefined;
  const composer = new Composer({
    bodies,
    // Made when the first message is to be read: much evidence has none, and the index holds a thousand literals.
    get messages() {
      return (index ??= new MessageIndex(messages));
    },
  });
  return {
    envelopes,
    bodies,
    messages,
    composer,
    sampler: new Composer({ bodies, messages: new MessageIndex([]) }),
  };
}

const NOTHING: Detection = { ranked: [], records: 0, pasted: false };

/** Looks at the beginning (and, where cheap, the end) of a file. Never throws: what is wrong is in the source's problems. */
export async function survey(file: FoundFile, id: number, toolbox: Toolbox): Promise<Surveyed> {
  const source = newSource(file, id);
  const surveyed: Surveyed = {
    source,
    file,
    packing: "plain",
    encoding: { encoding: "bytes", bom: 0 },
    kind: "nothing",
    detection: NOTHING,
    samples: [],
    handsOn: false,
  };
  const stop = (message: string, severity: "error" | "warning") => {
    source.problems.push({ path: file.shown, message, severity });
    return surveyed;
  };
  let head: Buffer;
  try {
    head = readHead(file.absolute, HEAD_BYTES);
    surveyed.packing = packingOf(head);
    const { packing } = surveyed;
    if (packing !== "plain") head = await readUnpackedHead(file.absolute, packing, HEAD_BYTES);
  } catch (error) {
    return stop(reasonOf(error), "error");
  }
  if (head.length === 0) {
    const damage = await damageAtOnce(file, surveyed.packing);
    return damage === undefined ? stop("the file is empty", "warning") : stop(damage, "error");
  }
  if (PacketReader.sniff(head)) {
    surveyed.kind = "packets";
    source.format = isPcapng(head) ? "pcapng" : "pcap";
    surveyed.range = rangeOfPackets(head);
    surveyed.resolution = resolutionOfCapture(head);
    return surveyed;
  }
  if (isOfficeDocument(head)) {
    source.records = source.unparsed = 1;
    return stop("an office document, which is not opened; save what matters of it as text", "error");
  }
  if (isJournal(head)) {
    try {
      const { samples, packing } = surveyed;
      samples.push(...(await sampleJournal(file.absolute, packing, head, toolbox.sampler, MAX_SAMPLES)));
    } catch (error) {
      source.records = source.unparsed = 1;
      return stop(error instanceof UnreadableJournal ? error.message : reasonOf(error), "error");
    }
    surveyed.kind = "journal";
    source.format = journalFile.name;
    surveyed.detection = {
      ranked: [{ grammar: journalFile, claimed: surveyed.samples.length }],
      records: surveyed.samples.length,
      pasted: false,
    };
    surveyed.handsOn = true;
    return surveyed;
  }
  if (isOwnOutput(head.toString("latin1", 0, OWN_OUTPUT_HEAD))) {
    // A report saved beside the evidence says again what the evidence says: it must not prove itself.
    source.format = "hindcast";
    source.records = source.parsed = 1;
    return surveyed;
  }
  if (noteTold(surveyed, head)) return surveyed;
  surveyed.encoding = sniffEncoding(head);
  const text = new Transcoder(surveyed.encoding).push(head).toString("latin1");
  if (surveyed.encoding.encoding === "bytes" && looksBinary(head) && !isDockerStream(head)) {
    source.records = source.unparsed = 1;
    return stop("binary data in no format that is known; it was not read", "error");
  }
  surveyed.kind = "text";
  let sample = wholeLines(text);
  let seen = recognise(sample, toolbox.envelopes);
  surveyed.detection = seen.detection;
  if (countedAsTold(surveyed, sample)) {
    surveyed.kind = "nothing";
    return surveyed;
  }
  // The lengths of frames count bytes that peelers would take away.
  const found = isDockerStream(head)
    ? undefined
    : peeled(sample, seen, toolbox.composer, (shown) => recognise(shown, toolbox.envelopes));
  if (found) {
    if (found.peel.layers.includes("padding")) source.problems.push(padded(sample, file.shown));
    surveyed.peel = found.peel;
    ({ sample, seen } = found);
    surveyed.detection = seen.detection;
  }
  if (seen.table !== undefined) surveyed.table = seen.table;
  sampleStamps(sample, surveyed, toolbox);
  if (isAsItLies(surveyed) && file.bytes > HEAD_BYTES) {
    const tail = readTail(file.absolute, TAIL_BYTES).toString("latin1");
    const lines = tail.slice(tail.indexOf("\n") + 1);
    sampleStamps(lines, surveyed, toolbox);
  }
  return surveyed;
}

/** Can its text be read at any place of the file? Else it is unpacked, decoded or peeled from its beginning on. */
export const isAsItLies = ({ packing, encoding, peel }: Surveyed): boolean =>
  packing === "plain" && encoding.encoding === "bytes" && peel === undefined;

/** Where the first NUL is of those that are passed over. */
function padded(sample: string, path: string): Problem {
  const offset = sample.indexOf("\0");
  const line = sample.slice(0, offset).split("\n").length;
  const message =
    "NUL bytes in the text (a file that was being written, or damaged); they were passed over, what is around them was read";
  return { path, line, offset, message, severity: "warning" };
}

/** Cuts the last line when it may go on after the sample. */
function wholeLines(text: string): string {
  const last = text.lastIndexOf("\n");
  return text.length < HEAD_BYTES || last < 0 ? text : text.slice(0, last + 1);
}

/** Adds the stamps of a sample's first records, `count` at most, to what is known of the source. */
export function sampleStamps(
  sample: string,
  surveyed: Surveyed,
  toolbox: Toolbox,
  count = MAX_SAMPLES,
): void {
  const { detection, samples } = surveyed;
  const [main] = detection.ranked;
  if (
    main?.grammar.blocks ||
    main?.grammar.document ||
    decodedEnvelopes.some((grammar) => grammar === main?.grammar)
  ) {
    const found = sampleRecords(sample, detection, toolbox.sampler, count);
    samples.push(...found.samples);
    surveyed.handsOn ||= found.handsOn;
    return;
  }
  const claimers = detection.ranked.map(({ grammar }) => new Claimer(grammar));
  const most = samples.length + count;
  let number = 0;
  for (const raw of sample.split("\n")) {
    number++;
    if (samples.length >= most) break;
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const text = detection.pasted ? line.trimStart() : line;
    if (text.trim() === "" || text.length > MAX_RECORD) continue;
    const claimer = claimers.find((candidate) => candidate.claims(text));
    const composed = claimer && toolbox.sampler.compose(claimer.grammar, claimer.shape!, text);
    if (!composed) continue;
    if (typeof composed.through[0]!.fields["message"] === "string") surveyed.handsOn = true;
    samples.push(stampSample(number, composed, samples.at(-1)));
  }
}
