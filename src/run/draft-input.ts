import type { Detection } from "../decode/text/claim.js";
import { TextReader } from "../decode/text/reader.js";
import type { Claim } from "../decode/text/record-taker.js";
import { timeless } from "../decode/text/timeless.js";
import { Transcoder } from "../evidence/encoding.js";
import { openChunks } from "../evidence/open.js";
import { MOST_RECORDS } from "../grammar/draft/draft.js";
import { recordsOf } from "../grammar/draft/records.js";
import type { Grammar } from "../grammar/types.js";
import { findFiles } from "./found.js";
import { survey, type Toolbox, toolboxOf } from "./survey.js";

/** What a grammar is to be drafted from. */
export interface DraftInput {
  error?: string;
  layer: "envelope" | "message";
  /** Records, or, where a format is known that frames them, what they say: bytes. */
  records: string[];
  /** The format that frames them. */
  framedBy?: string;
  /** Whose words the records are, where the frames tell. */
  programs: string[];
}

/** So much of a file is read. */
const MOST_BYTES = 256 << 10;
/** A file is framed by a format that claims so much of it. */
const NEARLY_ALL = 0.9;
/** More programs than this are a whole host's. */
const MOST_PROGRAMS = 3;

const NOTHING: DraftInput = { layer: "envelope", records: [], programs: [] };

/**
 * Reads what a grammar is to be drafted from: the lines of a file, or, where a format is known that frames nearly all of them and
 * hands on what they say, that.
 * @param layer where it is given, it is not chosen
 */
export async function draftInput(
  file: string,
  layer: DraftInput["layer"] | undefined,
  grammars: readonly Grammar[],
): Promise<DraftInput> {
  const found = await findFiles([file], undefined);
  try {
    const [wanted] = found.files;
    if (!wanted || found.files.length > 1)
      return { ...NOTHING, error: found.problems[0]?.message ?? "name one file with lines of the format" };
    const toolbox = toolboxOf(grammars);
    const { kind, source, detection, encoding, packing } = await survey(wanted, 0, toolbox);
    if (kind !== "text")
      return {
        ...NOTHING,
        error: source.problems[0]?.message ?? "this is no text: a grammar cannot read it",
      };
    const text = await beginning(openChunks(wanted.absolute, packing), new Transcoder(encoding));
    const said = layer === "envelope" ? undefined : wordsOf(text, detection, toolbox);
    return said ?? { ...NOTHING, layer: layer ?? "envelope", records: recordsOf(text) };
  } finally {
    found.close();
  }
}

/** What the records of a log say, where a format is known that frames nearly all of them. */
function wordsOf(text: string, detection: Detection, toolbox: Toolbox): DraftInput | undefined {
  const programs = new Map<string, number>();
  const messages: string[] = [];
  let [records, framed] = [0, 0];
  const reader = new TextReader({
    source: 0,
    path: "",
    detection,
    envelopes: toolbox.envelopes,
    composer: toolbox.composer,
    stamper: timeless,
    emit: () => {},
    observe: (record, claim) => {
      if (record.text.trim() === "") return;
      records++;
      if (!claim || claim.grammar.layer === "generic") return;
      framed++;
      const { message, program } = saidIn(record.text, claim, toolbox);
      if (message.trim() === "" || messages.length >= MOST_RECORDS) return;
      programs.set(program, (programs.get(program) ?? 0) + 1);
      messages.push(message);
    },
  });
  reader.push(Buffer.from(text, "latin1"));
  reader.end();
  if (messages.length === 0 || framed < records * NEARLY_ALL) return undefined;
  const few = !programs.has("") && programs.size <= MOST_PROGRAMS;
  return {
    layer: "message",
    records: messages,
    framedBy: detection.ranked[0]!.grammar.name,
    programs: few ? [...programs.keys()].sort() : [],
  };
}

/** A record's innermost message and whose it is, without what grammars of messages make of it. */
function saidIn(
  text: string,
  { grammar, shape }: Claim,
  { sampler }: Toolbox,
): { message: string; program: string } {
  const fields = sampler.compose(grammar, shape, text)?.through.map((reading) => reading.fields) ?? [];
  const value = (name: string) => String(fields.findLast((each) => each[name] !== undefined)?.[name] ?? "");
  return { message: value("message"), program: value("process.name") };
}

/** Whole lines from the beginning of a file, as bytes. */
async function beginning(chunks: AsyncIterable<Buffer>, transcoder: Transcoder): Promise<string> {
  let text = "";
  for await (const chunk of chunks) {
    text += transcoder.push(chunk).toString("latin1");
    if (text.length >= MOST_BYTES) break;
  }
  const end = text.lastIndexOf("\n");
  return text.length < MOST_BYTES || end < 0 ? text : text.slice(0, end + 1);
}
