import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";

describe("XML that is no packet's", () => {
  it("is left to others, its declaration too", () => {
    const text = [
      '<?xml version="1.0" encoding="utf-8"?>',
      "<conntrack>",
      '<flow type="new"><meta direction="original"><layer3 protonum="2" protoname="ipv4"><src>10.0.0.5</src></layer3></meta></flow>',
      "</conntrack>",
      "",
    ].join("\n");
    const by = new Set(readText(text).records.map((record) => record.by));
    expect([...by].filter((name) => name?.startsWith("tshark"))).toEqual([]);
  });

  it.each([
    [
      "tshark-pdml",
      '<?xml-stylesheet type="text/xsl" href="pdml2html.xsl"?>\n<!-- a hint -->\n<pdml version="0">',
    ],
    ["tshark-psml", '<psml version="0" creator="wireshark/4.0.17">'],
  ])("but %s's head is its own", (name, head) => {
    const text = `<?xml version="1.0" encoding="utf-8"?>\n${head}\n</${name.slice(7)}>\n`;
    expect(readText(text).records.map((record) => record.by)).toEqual([name, name]);
  });
});
