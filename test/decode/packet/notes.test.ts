import { describe, expect, it } from "@jest/globals";
import { dnsQuery, ETHERNET, hex, ipv4, ng, udp } from "./build.js";
import { readAll } from "./read.js";

const query = Buffer.concat([ETHERNET, ipv4(17, udp(40000, 53, dnsQuery(4711, "a.test")))]);
const END = hex("00000000");

/** A capture with comments at every place that may have one, and with counters of dropped packets. */
function commented(little: boolean): Buffer {
  const { section, capture, packet, block, option, n32 } = ng(little);
  const n64 = (n: number) => Buffer.concat(little ? [n32(n), n32(0)] : [n32(0), n32(n)]);
  const comment = (text: string) => option(1, Buffer.from(text));
  const bare = section();
  const head = block(
    0x0a0d0d0a,
    Buffer.concat([bare.subarray(8, -4), comment("taken at 03:50 on node 7"), END]),
  );
  const statistics = (dropped: number) =>
    block(
      5,
      Buffer.concat([
        n32(0),
        n32(0),
        n32(0),
        option(5, n64(dropped)),
        option(7, n64(2)),
        comment("end"),
        END,
      ]),
    );
  return Buffer.concat([
    head,
    capture(1, comment("the uplink"), option(2, Buffer.from("eth0"))),
    packet(0, 0x65000, 0, query),
    packet(0, 0x65000, 9, query, option(4, n64(3)), comment("the slow one"), option(2, n32(2))),
    statistics(4),
    packet(0, 0x65000, 99, query),
    statistics(10),
  ]);
}

describe("what a pcapng file says beside its packets", () => {
  it.each([true, false])("stands among its events, in its place (little-endian: %s)", (little) => {
    const { events } = readAll(commented(little));
    expect(
      events.map(({ action, line, fields }) => [
        action,
        line,
        fields["capture.comment"] ?? fields["packet.direction"],
        fields["capture.dropped"],
      ]),
    ).toEqual([
      ["capture.marker", 1, "taken at 03:50 on node 7", undefined],
      ["capture.marker", 1, "the uplink", undefined],
      ["dns.query", 1, undefined, undefined],
      ["capture.marker", 1, undefined, 3],
      ["capture.marker", 1, "the slow one", undefined],
      ["dns.query", 2, "Out", undefined],
      ["capture.marker", 2, "end", 6],
      ["dns.query", 3, undefined, undefined],
      ["capture.marker", 3, "end", 12],
    ]);
    expect(events[1]!.fields["interface.name"]).toBe("eth0");
  });

  it("warns of packets that were dropped: counters count from the beginning", () => {
    const { problems } = readAll(commented(true)).reader;
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: "warning" });
    expect(problems[0]!.message).toMatch(/^12 packets were dropped while capturing/);
  });

  it("is quiet where nothing was dropped", () => {
    const { section, capture, packet, block, option, n32 } = ng();
    const none = block(5, Buffer.concat([n32(0), n32(0), n32(0), option(5, Buffer.alloc(8)), END]));
    const { events, reader } = readAll(Buffer.concat([section(), capture(1), packet(0, 0, 0, query), none]));
    expect(events).toHaveLength(1);
    expect(reader.problems).toEqual([]);
  });
});
