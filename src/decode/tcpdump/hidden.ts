import type { Event } from "../../model/event.js";
import type { Problem } from "../../model/source.js";

const DNS_PORT = 53;
/** All that `-q` says of a datagram; without it tcpdump prints the message, or what is odd about it. */
const QUIET = /^UDP, length \d/;

/** A thing that is missing from packets: how many, and where the first stands. */
interface Missing {
  count: number;
  line: number;
  offset: number;
}

const nothing = (): Missing => ({ count: 0, line: 0, offset: 0 });

function add(missing: Missing, { line, offset }: Event, count = 1): void {
  if (missing.count === 0) Object.assign(missing, { line, offset });
  missing.count += count;
}

const counted = ({ count }: Missing, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** What a text of tcpdump's does not show because of how it was collected, so that the next one will. */
export class HiddenParts {
  private readonly messages = nothing();
  private readonly times = nothing();
  private readonly dropped = nothing();

  /** Takes a record as the grammar gave it, and the packet that was made of it. */
  note(record: Event, packet: Event | undefined): void {
    const { fields } = record;
    if (packet && fields["@timestamp"] === undefined) add(this.times, record);
    if (packet?.action !== "udp.datagram") return;
    const { "source.port": source, "destination.port": destination } = packet.fields;
    const isDns = source === DNS_PORT || destination === DNS_PORT;
    if (isDns && QUIET.test(String(fields["packet.payload"]))) add(this.messages, record);
  }

  /** Takes what tcpdump said when it stopped (`capture.marker`). */
  stopped(marker: Event): void {
    const count = marker.fields["capture.dropped"];
    if (typeof count === "number" && count > 0) add(this.dropped, marker, count);
  }

  problems(path: string): Problem[] {
    const { messages, times, dropped } = this;
    const told: (readonly [Missing, string])[] = [
      [
        messages,
        `the DNS messages of ${counted(messages, "packet", "packets")} are not shown (tcpdump -q): who asked what cannot be told; collect without -q, or the packets themselves (-w FILE)`,
      ],
      [
        times,
        `${counted(times, "packet has", "packets have")} no time (tcpdump -t): neither delays nor what came first elsewhere can be told; collect with -tttt`,
      ],
      [
        dropped,
        `${counted(dropped, "packet was", "packets were")} dropped while capturing: what is missing here may have been on the wire nevertheless; capture with a filter, or with a larger buffer (tcpdump -B)`,
      ],
    ];
    return told
      .filter(([{ count }]) => count > 0)
      .map(([{ line, offset }, message]) => ({ path, line, offset, message, severity: "warning" }));
  }
}
