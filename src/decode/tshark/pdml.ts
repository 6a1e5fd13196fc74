import { textOf } from "../../grammar/bytes.js";
import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { Dissection } from "./dissection.js";
import { DISSECTED, recordFields } from "./record.js";

const FIELD = /<field name="([a-z0-9_.]{1,64})"(?: [a-z]+="[^"]*")*? show="([^"]{0,1100})"/g;

/** The fields of one `<packet>`: the values under `show` (Wireshark, doc/README.xml-output). */
function readPdml(record: string): Fields {
  const dissection = new Dissection();
  for (const line of textOf(record).split("\n"))
    for (const [, name, value] of line.matchAll(FIELD)) dissection.add(name!, value!);
  return recordFields(dissection);
}

/** `tshark -T pdml`: every field of every packet, as XML. */
export const tsharkPdml = envelopeOf({
  name: "tshark-pdml",
  title: "tshark -T pdml",
  file: "src/decode/tshark/pdml.ts",
  event: DISSECTED,
  look: /<packet>\s*<proto [\s\S]*<\/packet>\s*$/y,
  first: "<",
  literals: [["<packet>"], ["<proto "]],
  // Values may have line ends of their own. The declaration of XML says only together with what follows it that this is PDML.
  continuation: /(?!<packet>|<\?xml |<\/pdml>)[\s\S]/y,
  read: readPdml,
  stamps: ["epoch", "datetime"],
  set: { "event.category": "network" },
  also: [
    {
      event: "packet.separator",
      look: /<\?xml [^\n]*\?>\n(?:<\?xml-[^\n]*\n|<!--[^\n]*\n)*<pdml[^\n]*>\s*$|<\/pdml>\s*$/y,
    },
  ],
});
