import { textOf } from "../../grammar/bytes.js";
import { UnreadableRecord } from "../../grammar/exec.js";
import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { DISSECTED } from "./record.js";
import { summaryFields } from "./summary.js";

const SECTION = /<section>([^<]*)<\/section>/g;
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The fields of one `<packet>`, whose sections are those of the packet list (Wireshark, doc/README.xml-output). */
function readPsml(record: string): Fields {
  const cells = [...record.matchAll(SECTION)].map(([, text]) =>
    textOf(text!).replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!),
  );
  if (cells.length !== 7) throw new UnreadableRecord("not the seven columns of the packet list");
  const [, time, source, destination, protocol, , info] = cells as [string, ...string[]];
  return summaryFields({
    time: time!,
    source: source!,
    destination: destination!,
    protocol: protocol!,
    info: info!,
  });
}

/** `tshark -T psml`. */
export const tsharkPsml = envelopeOf({
  name: "tshark-psml",
  title: "tshark -T psml",
  file: "src/decode/tshark/psml.ts",
  event: DISSECTED,
  look: /\s*<packet>\s*<section>[\s\S]*<\/packet>\s*$/y,
  literals: [["<section>"]],
  first: "< \t\n\v\f\r\xa0",
  continuation: /<section>|<\/packet>|<\/structure>|<psml /y,
  read: readPsml,
  stamps: ["elapsed", "epoch", "datetime", "hms"],
  set: { "event.category": "network" },
  also: [
    {
      event: "packet.separator",
      look: /<\?xml [^\n]*\?>\n<psml[^\n]*>\s*$|<\/psml>\s*$|<structure>[\s\S]*<\/structure>\s*$/y,
    },
  ],
});
