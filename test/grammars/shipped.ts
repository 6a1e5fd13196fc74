import { join } from "node:path";
import { Composer } from "../../src/decode/text/compose.js";
import { detect } from "../../src/decode/text/detect.js";
import { TextReader } from "../../src/decode/text/reader.js";
import { timeless } from "../../src/decode/text/timeless.js";
import { grammarFiles } from "../../src/grammar/build.js";
import type { GrammarFile } from "../../src/grammar/file.js";
import { grammars } from "../../src/grammar/generated.js";
import { MessageIndex } from "../../src/grammar/index/index.js";
import type { Grammar } from "../../src/grammar/types.js";
import type { Event } from "../../src/model/event.js";

/** Every grammar that the package ships, in the order of their names. */
export const shippedFiles: GrammarFile[] = grammarFiles(join(import.meta.dirname, "../../grammars"));

let compiled: { envelopes: Grammar[]; composer: Composer } | undefined;

function shipped(): { envelopes: Grammar[]; composer: Composer } {
  if (!compiled) {
    const of = (layer: string) => grammars.filter((grammar) => grammar.layer === layer);
    compiled = {
      envelopes: of("envelope"),
      composer: new Composer({ bodies: of("body"), messages: new MessageIndex(of("message")) }),
    };
  }
  return compiled;
}

/** What reading a text gave. */
export interface ReadText {
  /** The format that explains most of it. */
  format: string | undefined;
  events: Event[];
  lines: number;
  /** First lines of the records that no format claimed. */
  unclaimed: string[];
  unclaimedLines: number;
}

/** Reads a text through detection, framing, envelope, body and message: the whole road, without clocks. */
export function readText(bytes: Buffer): ReadText {
  const { envelopes, composer } = shipped();
  const detection = detect(bytes.toString("latin1", 0, 1 << 16), envelopes);
  const result: ReadText = {
    format: detection.ranked[0]?.grammar.name,
    events: [],
    lines: 0,
    unclaimed: [],
    unclaimedLines: 0,
  };
  const reader = new TextReader({
    source: 0,
    path: "text",
    detection,
    envelopes,
    composer,
    stamper: timeless,
    emit: (event) => result.events.push(event),
    observe: ({ text }, claimed) => {
      if (text.trim() === "") return;
      const lines = text.split("\n").length;
      result.lines += lines;
      if (claimed) return;
      result.unclaimedLines += lines;
      result.unclaimed.push(text.slice(0, 120));
    },
  });
  reader.push(bytes);
  reader.end();
  return result;
}

/** The events of a text of several lines, those of its layers above the message left out. */
export function eventsOf(text: string): Event[] {
  return readText(Buffer.from(text)).events.filter((event) => !event.action.startsWith("log."));
}
