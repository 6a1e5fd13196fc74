import { describe, expect, it } from "@jest/globals";
import type { Event, Fields } from "../../../src/model/event.js";
import { assemble, at, of, type Place } from "../events.js";

const C = "10.9.0.5";
const HOST = "198.51.100.7";
const S = "192.0.2.80";

const segment = (
  t: number,
  from: string,
  to: string,
  flags: string,
  more: Fields = {},
  place?: Place,
): Event => {
  const [name, direction] = (place ?? "").split(" ");
  const [source, sourcePort] = from.split(":");
  const [destination, destinationPort] = to.split(":");
  return at(t, "tcp.segment", {
    "network.transport": "tcp",
    "source.ip": source,
    "source.port": Number(sourcePort ?? 443),
    "destination.ip": destination,
    "destination.port": Number(destinationPort ?? 443),
    "tcp.flags": flags,
    ...(place !== undefined && { "interface.name": name, "packet.direction": direction }),
    ...more,
  });
};
const syn = (t: number, place?: Place, from = `${C}:4000`, to = `${S}:443`) =>
  segment(t, from, to, "S", { "tcp.seq": 700 }, place);
const synAck = (t: number, place?: Place, to = `${C}:4000`) =>
  segment(t, `${S}:443`, to, "S.", { "tcp.seq": 9, "tcp.ack": 701 }, place);
const end = (t: number) => at(t, "arp.request", { "arp.target.ip": "192.0.2.1" });
const connects = (events: Event[]) => of("tcp.connect", assemble(events)).map(({ fields }) => fields);

describe("an attempt to connect", () => {
  it("that nobody answers is told with how often it was tried", () => {
    expect(connects([syn(0), syn(1), syn(3), end(60)])).toMatchObject([
      {
        "tcp.outcome": "timeout",
        "tcp.sends": 3,
        "source.ip": C,
        "destination.ip": S,
        "destination.port": 443,
      },
    ]);
  });

  it("has the names of its ends where the capture prints names, and is each one's own", () => {
    const named = ({ fields, ...event }: Event, source: string, destination: string): Event => {
      const { "source.ip": _, "destination.ip": __, ...others } = fields;
      return {
        ...event,
        fields: { ...others, "source.address": source, "destination.address": destination },
      };
    };
    const asked = [0, 1, 3].flatMap((t) => [
      named(syn(t), "build-3", "a.example"),
      named(segment(t, ":4001", ":443", "S", { "tcp.seq": 700 }), "build-3", "b.example"),
    ]);
    const answer = segment(3.01, ":443", ":4001", "S.", { "tcp.seq": 9, "tcp.ack": 701 });
    expect(connects([...asked, named(answer, "b.example", "build-3"), end(60)])).toMatchObject([
      { "tcp.outcome": "timeout", "source.ip": "build-3", "destination.ip": "a.example" },
      { "tcp.outcome": "connected", "source.ip": "build-3", "destination.ip": "b.example" },
    ]);
  });

  it("that is answered at once is not told", () => {
    expect(connects([syn(0), synAck(0.01), end(60)])).toEqual([]);
  });

  it("that is answered the second time was made, late", () => {
    expect(connects([syn(0), syn(1), synAck(1.01), end(60)])).toMatchObject([
      { "tcp.outcome": "connected", "tcp.sends": 2 },
    ]);
  });

  it("is one with its copies on other interfaces, before and after translation", () => {
    const copies = (t: number) => [
      syn(t, "veth1 P"),
      syn(t + 1e-5, "br-ci In"),
      syn(t + 2e-5, "eth0 Out", `${HOST}:4000`),
    ];
    expect(connects([...copies(0), ...copies(1), end(60)])).toMatchObject([
      { "tcp.sends": 2, "source.ip": C, "tcp.direction": "out" },
    ]);
  });

  it("is one with its copy to the address that a service's was rewritten to", () => {
    const copies = (t: number) => [
      syn(t, "cni0 In", `${C}:4000`, "10.96.0.1:443"),
      syn(t + 1e-5, "eth0 Out", `${C}:4000`, "192.0.2.9:6443"),
    ];
    expect(connects([...copies(0), ...copies(1), ...copies(3), end(60)])).toMatchObject([
      { "tcp.sends": 3, "destination.ip": "10.96.0.1" },
    ]);
  });

  it("comes from outside when its first copy comes in on no bridge", () => {
    expect(connects([syn(0, "eth0 In"), syn(1, "eth0 In"), end(60)])).toMatchObject([
      { "tcp.direction": "in" },
    ]);
  });

  it("goes out from a container when a copy leaves under another source, whatever its port is called", () => {
    const copies = (t: number, from: string, to: string) => [
      syn(t, "ifb1 In"),
      syn(t + 2e-5, "eth0 Out", from, to),
    ];
    const through = (from: string, to: string) =>
      connects([...copies(0, from, to), ...copies(1, from, to), end(60)]);
    expect(through(`${HOST}:4000`, `${S}:443`)).toMatchObject([{ "tcp.direction": "out" }]);
    expect(through(`${C}:4000`, `${S}:443`)).toMatchObject([{ "tcp.direction": "in" }]);
    // To a published port: its destination is rewritten, not its source.
    expect(through(`${C}:4000`, "10.9.0.9:443")).toMatchObject([{ "tcp.direction": "in" }]);
  });

  it("that is refused is none of these, by a reset or by ICMP", () => {
    const reset = segment(1.1, `${S}:443`, `${C}:4000`, "R.", { "tcp.ack": 701 });
    const icmp = at(1.1, "icmp.message", { "icmp.original.source.ip": C, "icmp.original.source.port": 4000 });
    expect(connects([syn(0), syn(1), reset, end(60)])).toEqual([]);
    expect(connects([syn(0), syn(1), icmp, end(60)])).toEqual([]);
  });

  it("is unknown when packets were dropped meanwhile, and says so", () => {
    const dropped = at(Number.NaN, "capture.marker", {
      "capture.dropped": 3,
      "capture.dropped_since": "packet",
    });
    const [open] = connects([syn(0), syn(1), dropped, end(10), end(60)]);
    expect(open).toMatchObject({ "tcp.outcome": "unknown" });
    expect(open!["evidence.gap"]).toMatch(/^3 packets were dropped while capturing /);
    expect(connects([end(-10), dropped, syn(0), syn(1), end(10), end(60)])).toMatchObject([
      { "tcp.outcome": "timeout" },
    ]);
    // Asked again for so long, the client says itself that it heard nothing.
    expect(connects([syn(0), syn(1), dropped, syn(3.5), end(60)])).toMatchObject([
      { "tcp.outcome": "timeout" },
    ]);
  });

  it("is unknown when the capture ends sooner than three seconds after it", () => {
    expect(connects([syn(0), syn(1), end(1.5)])).toMatchObject([{ "tcp.outcome": "unknown" }]);
  });

  it("with relative numbers is told apart by the client's port", () => {
    const relative = (t: number, port: number) =>
      segment(t, `${C}:${port}`, `${S}:443`, "S", { "tcp.seq": 0 });
    const answer = segment(0.01, `${S}:443`, `${C}:4001`, "S.", { "tcp.seq": 0, "tcp.ack": 1 });
    const found = connects([
      relative(0, 4001),
      relative(0, 4002),
      answer,
      relative(1, 4002),
      relative(3, 4002),
      end(60),
    ]);
    expect(found).toMatchObject([{ "source.port": 4002, "tcp.outcome": "timeout" }]);
  });
});

describe("a segment that is stuck", () => {
  const data = (t: number, seq: number, bytes: number, more: Fields = {}) =>
    segment(t, `${C}:4000`, `${S}:443`, ".", {
      "tcp.seq": seq,
      "tcp.ack": 1,
      "tcp.payload_bytes": bytes,
      ...more,
    });
  const ack = (t: number, number: number) =>
    segment(t, `${S}:443`, `${C}:4000`, ".", { "tcp.seq": 1, "tcp.ack": number, "tcp.payload_bytes": 0 });
  const small = [data(0, 1, 200), ack(0.01, 201)];
  const stuck = [0.02, 0.23, 0.65, 1.5].map((t) => data(t, 201, 1448));
  const stalls = (events: Event[]) => of("tcp.stall", assemble(events)).map(({ fields }) => fields);

  it("is told with its size and that of the largest that came through", () => {
    expect(stalls([...small, ...stuck, end(60)])).toMatchObject([
      {
        "tcp.payload_bytes": 1448,
        "tcp.delivered_bytes": 200,
        "tcp.larger_than_delivered": true,
        "tcp.retransmissions": 3,
      },
    ]);
  });

  it("is not, when it comes through at last", () => {
    expect(stalls([...small, ...stuck, ack(1.6, 1649), end(60)])).toEqual([]);
  });

  it("is not, when it was sent again only twice", () => {
    expect(stalls([...small, ...stuck.slice(0, 3), end(60)])).toEqual([]);
  });

  it("is not sent again when one packet is seen on three interfaces", () => {
    const copies = [0, 1e-5, 2e-5, 3e-5, 4e-5].map((t) => data(0.02 + t, 201, 1448));
    expect(stalls([...small, ...copies, end(60)])).toEqual([]);
  });

  it("is no larger than what came through when the peer falls silent later", () => {
    const large = [data(0.02, 201, 1448), ack(0.03, 1649)];
    const later = [0.04, 0.25, 0.67, 1.5].map((t) => data(t, 1649, 1448));
    expect(stalls([...small, ...large, ...later, end(60)])).toMatchObject([
      { "tcp.larger_than_delivered": false },
    ]);
  });

  it("has the wire's size where more was handed to the card at once", () => {
    const whole = data(0.02, 201, 14480);
    expect(stalls([...small, whole, ...stuck.slice(1), end(60)])).toMatchObject([
      { "tcp.payload_bytes": 1448 },
    ]);
  });

  it("names the size that a router asked for", () => {
    const icmp = at(0.021, "icmp.message", {
      "icmp.mtu": 1400,
      "destination.ip": C,
      "icmp.original.destination.ip": S,
    });
    expect(stalls([...small, ...stuck, icmp, end(60)])).toMatchObject([{ "icmp.mtu": 1400 }]);
  });

  it("reads the numbers that tcpdump's text gives behind a handshake", () => {
    const relative = (event: Event): Event => {
      const { "tcp.seq": seq, "tcp.ack": number, ...fields } = event.fields;
      return { ...event, fields: { ...fields, "tcp.relative_seq": seq, "tcp.relative_ack": number } };
    };
    expect(stalls([...[...small, ...stuck].map(relative), end(60)])).toHaveLength(1);
  });
});

describe("a reset", () => {
  const from = (t: number, flags: string, ttl: number, more: Fields = {}) =>
    segment(t, `${S}:443`, `${C}:4000`, flags, { "ip.ttl": ttl, ...more }, "eth0 In");
  const foreign = (events: Event[]) => of("tcp.foreign_reset", assemble(events)).map(({ fields }) => fields);

  it("from another distance than its sender's packets is not the sender's", () => {
    expect(foreign([from(0, "S.", 52), from(1, "R.", 61)])).toMatchObject([
      { "source.ip": S, "ip.ttl": 61, "tcp.usual_ttl": 52 },
    ]);
  });

  it("that is seen on several interfaces is one, and a later one of the same ends another", () => {
    const inside = (t: number, flags: string, ttl: number) =>
      segment(t, `${S}:443`, "10.9.0.5:4000", flags, { "ip.ttl": ttl }, "br-ci Out");
    const twice = (t: number) => [
      from(t, "S.", 52),
      inside(t, "S.", 51),
      from(t + 1, "R.", 61),
      inside(t + 1, "R.", 60),
    ];
    expect(foreign(twice(0))).toHaveLength(1);
    expect(foreign([...twice(0), ...twice(9)])).toHaveLength(2);
  });

  it("from the same distance, or one hop more, is the sender's own", () => {
    expect(foreign([from(0, "S.", 52), from(1, "R", 52)])).toEqual([]);
    expect(foreign([from(0, "S.", 52), from(1, "R", 51)])).toEqual([]);
  });

  it("says nothing where nothing else of its sender was seen, or no time to live", () => {
    expect(foreign([from(1, "R.", 61)])).toEqual([]);
    expect(foreign([segment(0, `${S}:443`, `${C}:4000`, "S."), from(1, "R.", 61)])).toEqual([]);
  });

  it("is compared with what was seen at the same interface", () => {
    const inside = segment(0, `${S}:443`, `${C}:4000`, "S.", { "ip.ttl": 40 }, "br-ci Out");
    expect(foreign([inside, from(1, "R.", 61)])).toEqual([]);
  });
});
