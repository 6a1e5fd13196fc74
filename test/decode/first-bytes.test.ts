import { describe, expect, it } from "@jest/globals";
import { decodedEnvelopes } from "../../src/decode/envelopes.js";
import { mayBegin } from "../../src/grammar/beginning.js";

/** A record, or a line around records, of each look. */
const RECORDS: Record<string, readonly string[]> = {
  "journal-json": ['{ "MESSAGE" : "m", "__REALTIME_TIMESTAMP" : "1772445600000000" }', "[", "]"],
  "journal-export": ["__REALTIME_TIMESTAMP=1772445600000000\nMESSAGE=m\n"],
  "journal-verbose": ["Mon 2026-03-02 10:00:00.000000 UTC [s=1f;i=1;b=2]\n    MESSAGE=m"],
  "docker-json-file": ['{"log":"m\\n","stream":"stdout","time":"2026-03-02T10:00:00Z"}'],
  "tshark-json": [
    '{ "_index": "packets", "_source": { "layers": {} } }',
    "[",
    "]",
    '{"index":{"_index":"packets-2026-03-02"}}',
  ],
  "tshark-pdml": [
    '<packet>\n<proto name="geninfo"></proto></packet>',
    '<?xml version="1.0"?>\n<!-- x -->\n<pdml version="0">',
    "</pdml>",
  ],
  "tshark-psml": [
    "<packet>\n<section>1</section></packet>",
    '<?xml version="1.0"?>\n<psml version="0">',
    "</psml>",
  ],
  "tshark-summary": [
    "    1   0.000000 192.0.2.7 -> 192.0.2.53 DNS 80 Standard query",
    "Capturing on 'eth0'",
    'Running as user "root" and group "root".',
    "7 packets dropped from eth0",
    "No.     Time           Source                Destination           Protocol Length Info",
    "0000  00 04 00 01   ....",
  ],
  "docker-stream": ["\x01\0\0\0\0\0\0\x02m\n"],
  cri: ["2026-03-02T10:00:00.123456789Z stdout F m"],
  "json-log": ['{"level":"info","msg":"m","time":"2026-03-02T10:00:00Z"}'],
  "logfmt-log": ["ts=2026-03-02T10:00:00Z level=info msg=m"],
  "json-dated": ['{"n":1,"t":1772445600.5}'],
  "zeek-json": ['{"ts":1772445600.5,"uid":"CYz5pL2Yq3dKQmaBx1"}'],
  "tshark-verbose": ["Frame 1: 80 bytes on wire (640 bits), 80 bytes captured"],
};

describe("the first bytes of the formats that decoders read", () => {
  for (const { name, shapes } of decodedEnvelopes) {
    const matches = (text: string) =>
      shapes.some(({ regex }) => {
        regex.lastIndex = 0;
        return regex.test(text);
      });
    const mayMatch = (text: string) => shapes.some(({ begins }) => mayBegin(begins ?? [], text));

    it(`${name}: nothing that it reads begins otherwise`, () => {
      for (const record of RECORDS[name]!) {
        expect([record, matches(record)]).toEqual([record, true]);
        for (let byte = 0; byte < 256; byte++) {
          const char = String.fromCharCode(byte);
          for (const text of [record, char + record, char + record.slice(1)])
            if (matches(text)) expect([text, mayMatch(text)]).toEqual([text, true]);
        }
      }
    });

    it(`${name}: most texts are told from it by their first byte`, () => {
      expect(mayMatch("\x7f")).toBe(false);
    });
  }
});
