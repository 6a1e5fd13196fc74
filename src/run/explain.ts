import fs from "node:fs";
import { inferClocks } from "../clock/infer.js";
import { SourceClock } from "../clock/source-clock.js";
import type { RawRecord } from "../decode/text/compose.js";
import { TextReader } from "../decode/text/reader.js";
import type { Claim } from "../decode/text/record-taker.js";
import { WITHIN } from "../evidence/archive/member-name.js";
import { Transcoder } from "../evidence/encoding.js";
import { openChunks } from "../evidence/open.js";
import { PeeledText } from "../evidence/peel/view.js";
import type { FoundFile } from "../evidence/walk.js";
import type { Grammar, Reading } from "../grammar/types.js";
import { isFloating } from "../model/time.js";
import { rfc3339 } from "../report/times.js";
import { type Found, findFiles } from "./found.js";
import { observations } from "./hosts.js";
import { proofOf } from "./peeling.js";
import { survey, toolboxOf } from "./survey.js";

/** A record, and who read it through which layers; `through` is empty when nobody did. */
export interface ExplainedRecord {
  record: RawRecord;
  through: readonly Reading[];
  also: readonly Reading[];
  /** Its time, or why it has none. */
  time: string;
}

export interface Explained {
  error?: string;
  tried: { grammar: Grammar; claimed: number }[];
  sampled: number;
  records: ExplainedRecord[];
}

/** Without a line, these many records are shown: the first read ones, and the first that nobody claims. */
const SHOWN = 3;
/** So many members of an archive are named. */
const MOST_LISTED = 20;

/** Explains one record of a text file (`line`), or a few. */
export async function explainRecords(
  file: string,
  line: number | undefined,
  grammars: readonly Grammar[],
): Promise<Explained> {
  const nothing = { tried: [], sampled: 0, records: [] };
  // `ARCHIVE!/PATH`: a member of an archive.
  const [outer = file] = fs.existsSync(file) ? [] : file.split(WITHIN);
  const found = await findFiles([outer], undefined);
  try {
    const [archive] = found.archives;
    if (outer === file && archive) return { ...nothing, error: contentsOf(found) };
    const name = archive ? archive.shown + file.slice(outer.length) : found.files[0]?.shown;
    const wanted = found.files.find(({ shown }) => shown === name);
    if (!wanted) return { ...nothing, error: found.problems[0]?.message ?? `there is no ${name}` };
    return await explained(wanted, line, grammars);
  } finally {
    found.close();
  }
}

/** What to ask for of an archive. */
function contentsOf({ files }: Found): string {
  const shown = files.slice(0, MOST_LISTED).map((file) => `\n  ${file.shown}`);
  const more = files.length - shown.length;
  return `this is an archive; name one of its members:${shown.join("")}${more > 0 ? `\n  and ${more} more` : ""}`;
}

async function explained(
  file: FoundFile,
  line: number | undefined,
  grammars: readonly Grammar[],
): Promise<Explained> {
  const nothing = { tried: [], sampled: 0, records: [] };
  const toolbox = toolboxOf(grammars);
  const member = await survey(file, 0, toolbox);
  if (member.kind === "packets")
    return {
      ...nothing,
      error: `this is a ${member.source.format} capture; hindcast timeline shows its packets`,
    };
  if (member.kind === "journal")
    return { ...nothing, error: "this is a journal file; hindcast timeline shows its entries" };
  if (member.kind !== "text") return { ...nothing, error: member.source.problems[0]?.message ?? "no text" };
  const inferred = inferClocks(observations([member], []), {}).get(0)!;
  const stamper = new SourceClock(inferred.completion);
  const envelopes = [...toolbox.envelopes, ...member.detection.ranked.map(({ grammar }) => grammar)];
  const records: ExplainedRecord[] = [];
  let unclaimed = 0;
  let claimed = 0;
  const observe = (record: RawRecord, claim: Claim | undefined) => {
    if (record.text.trim() === "") return;
    const last = record.line + record.text.split("\n").length - 1;
    if (
      line !== undefined ? line < record.line || line > last : claim ? claimed >= SHOWN : unclaimed >= SHOWN
    )
      return;
    if (!claim) {
      unclaimed++;
      records.push({ record, through: [], also: [], time: "" });
      return;
    }
    claimed++;
    const { grammar, shape, blocks } = claim;
    const composed = toolbox.composer.compose(grammar, shape, record.text, undefined, blocks);
    if (!composed) return;
    const stamp = composed.inner ?? composed.outer;
    stamper.stamp(stamp.kind, stamp.text, record.line);
    const time = Number.isNaN(stamper.us)
      ? "none of its own"
      : isFloating(stamper.us)
        ? `${stamp.text} (${inferred.clock.basis})`
        : `${rfc3339(stamper.us, stamper.ns)} (${stamp.kind}: ${inferred.clock.basis})`;
    records.push({ record, through: composed.through, also: composed.also, time });
  };
  const reader = new TextReader({
    source: 0,
    path: file.shown,
    detection: member.detection,
    envelopes: toolbox.envelopes,
    composer: toolbox.composer,
    stamper,
    emit: () => {},
    observe,
  });
  const transcoder = new Transcoder(member.encoding);
  const view = member.peel && new PeeledText(member.peel, proofOf(envelopes));
  const shown = (bytes: Buffer) => (view ? view.push(bytes) : bytes);
  for await (const chunk of openChunks(member.file.absolute, member.packing)) {
    reader.push(shown(transcoder.push(chunk)));
    if (line !== undefined ? records.length > 0 : claimed >= SHOWN && unclaimed >= SHOWN) break;
  }
  if (records.length === 0 || line === undefined) {
    if (view) reader.push(view.end());
    reader.end();
  }
  return { tried: member.detection.ranked, sampled: member.detection.records, records };
}
