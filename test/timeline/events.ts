import type { Event, Fields } from "../../src/model/event.js";
import { Coverage } from "../../src/timeline/topology/coverage.js";
import { Transactions } from "../../src/timeline/transactions/index.js";

/** 2026-03-02T10:00:00Z in µs: where the tests' clocks begin. */
export const T0 = Date.UTC(2026, 2, 2, 10) * 1000;

let line = 0;

/** An event at `seconds` after {@link T0} (NaN: unplaced), of source 0 unless `fields.$source` says otherwise. */
export function at(seconds: number, action: string, fields: Fields & { $source?: number } = {}): Event {
  const { $source = 0, ...rest } = fields;
  const time = Math.round(T0 + seconds * 1e6);
  line++;
  return {
    source: $source,
    line,
    offset: line * 100,
    length: 99,
    time,
    ns: 0,
    latest: time,
    action,
    category: "network",
    fields: rest,
  };
}

/** What a packet's place is: interface and direction. */
export type Place = string | undefined;

function place(where: Place): Fields {
  if (where === undefined) return {};
  const [name, direction] = where.split(" ");
  return { "interface.name": name, "packet.direction": direction };
}

/** A DNS question as a packet: `ask(0, "10.0.0.2:4000", "192.0.2.53", 7, "a.example", "veth0 In")`. */
export function ask(
  seconds: number,
  from: string,
  server: string,
  id: number,
  name: string,
  where?: Place,
  more: Fields & { $source?: number } = {},
): Event {
  const [ip, port] = from.split(":");
  return at(seconds, "dns.query", {
    "network.transport": "udp",
    "source.ip": ip,
    "source.port": Number(port),
    "destination.ip": server,
    "destination.port": 53,
    "dns.id": id,
    "dns.question.name": name,
    "dns.question.type": "A",
    ...place(where),
    ...more,
  });
}

/** The answer to it; without a name, as `tcpdump` prints it. */
export function answer(
  seconds: number,
  server: string,
  to: string,
  id: number,
  where?: Place,
  more: Fields & { $source?: number } = {},
): Event {
  const [ip, port] = to.split(":");
  return at(seconds, "dns.answer", {
    "network.transport": "udp",
    "source.ip": server,
    "source.port": 53,
    "destination.ip": ip,
    "destination.port": Number(port),
    "dns.id": id,
    "dns.response_code": "NOERROR",
    "dns.answers_count": 1,
    ...place(where),
    ...more,
  });
}

/** An unrelated packet: shows that the capture still runs. */
export function noise(seconds: number, more: Fields & { $source?: number } = {}): Event {
  return at(seconds, "arp.reply", {
    "arp.sender.ip": "203.0.113.1",
    "arp.sender.mac": "02:00:00:00:00:01",
    ...more,
  });
}

/** Assembles events, in time order unless unplaced. */
export function assemble(events: readonly Event[], coverage = new Coverage()): Event[] {
  const out: Event[] = [];
  const transactions = new Transactions({ coverage });
  for (const event of events) transactions.push(event, (assembled) => out.push(assembled));
  transactions.end((assembled) => out.push(assembled));
  return out;
}

/** The assembled events of one kind. */
export function of(action: string, events: readonly Event[]): Event[] {
  return events.filter((event) => event.action === action);
}
