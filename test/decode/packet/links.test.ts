import { describe, expect, it } from "@jest/globals";
import { hex, pcap } from "./build.js";
import { IN_ONE, LINKS, linksCapture } from "./links.js";
import { readAll } from "./read.js";

const only = (linkType: number, bytes: Buffer) => readAll(pcap([{ bytes }], { linkType }));

describe("a question to a name server", () => {
  it.each(LINKS)("is read behind %s", (_name, linkType, bytes) => {
    const { events, reader } = only(linkType, bytes);
    expect(reader.problems).toEqual([]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      action: "dns.query",
      fields: {
        "source.port": 40000,
        "destination.port": 53,
        "dns.id": 4711,
        "dns.question.name": "registry.corp.test",
      },
    });
  });

  it.each(LINKS)("is not misread behind %s when the capture cut it anywhere", (_name, linkType, bytes) => {
    for (let captured = 0; captured < bytes.length; captured++) {
      const { events, reader } = readAll(pcap([{ bytes, captured }], { linkType }));
      expect(reader.records).toBe(1);
      for (const { fields } of events) {
        const name = fields["dns.question.name"];
        if (name !== undefined) expect("registry.corp.test".startsWith(String(name))).toBe(true);
      }
    }
  });

  it("is read on the interface that each packet names", () => {
    const { events } = readAll(linksCapture());
    expect(events.map(({ fields }) => fields["interface.name"])).toEqual(
      IN_ONE.map(([name]) => name.slice(0, 16)),
    );
    expect(events.every(({ action }) => action === "dns.query")).toBe(true);
  });

  it("has the addresses of the stations, whichever way it went through the access point", () => {
    const macs = (flags: string) => {
      const bytes = Buffer.concat([
        hex(`08${flags}`),
        LINKS.find(([name]) => name === "802.11")![2].subarray(2),
      ]);
      const { fields } = only(105, bytes).events[0]!;
      return [fields["source.mac"], fields["destination.mac"]];
    };
    const [first, second, third] = ["02:42:c0:00:00:01", "02:42:0a:00:00:05", "02:42:0a:00:00:01"];
    expect(macs("01")).toEqual([second, third]);
    expect(macs("02")).toEqual([third, first]);
    expect(macs("00")).toEqual([second, first]);
  });
});

describe("frames that carry no packets", () => {
  it.each([
    ["a beacon", 105, hex("8000 0000 ffffffffffff 02420a000001 02420a000001 1000 0000000000000000")],
    [
      "an encrypted frame",
      105,
      hex("0841 0000 0242c0000001 02420a000005 02420a000001 1000 aaaa030000000800 4500"),
    ],
    ["an empty data frame", 105, hex("4801 0000 0242c0000001 02420a000005 02420a000001 1000")],
    ["PPP's own negotiation", 9, hex("ff03 c021 01010004")],
    ["PPPoE's discovery", 1, hex("ffffffffffff 02420a000005 8863 1109 0000 0004 01010000")],
    ["a session's end", 1, hex("02420a000001 02420a000005 8864 11a7 0007 0000")],
  ])("%s", (_name, linkType, bytes) => {
    const { events, reader } = only(linkType, bytes);
    expect(events).toEqual([]);
    expect([reader.foreign, reader.unparsed]).toEqual([1, 0]);
  });
});
