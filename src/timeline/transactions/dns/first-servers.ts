import type { Event } from "../../../model/event.js";
import { assembled, type Emit, text } from "../assembled.js";

const MAX_SERVERS = 1_000;
/** A single one may be a lost packet. */
const LEAST_TIMEOUTS = 2;

/** How the look-ups went that asked a server first. */
interface Record {
  /** It answered in time. */
  answered: number;
  /** It left its client waiting. */
  timeouts: number;
  /** The first look-up that it left waiting. */
  proof: Event | undefined;
}

/**
 * How often each name server, asked first, answered in time, and how often it left its client waiting: `dns.first_server`. A
 * server that is dead and one that loses a packet now and then are told apart by the share.
 */
export class FirstServers {
  private readonly records = new Map<string, Record>();
  /** Answers that nobody else hears of, by server. */
  private readonly unheard = new Map<number | string, number>();
  /** The server of the last of them, and how many with it came in a row: most captures have one server. */
  private last: number | string = "";
  private row = 0;

  /** A `dns.lookup`. */
  lookup(event: Event): void {
    const { fields } = event;
    const server = text(event, "dns.lookup.first_server");
    if (server === undefined || fields["dns.lookup.parallel"] === true) return;
    const timedOut = fields["dns.lookup.timed_out_servers"];
    const waited = Array.isArray(timedOut) && timedOut.includes(server);
    const record = this.recordOf(server);
    if (record === undefined) return;
    if (waited) {
      record.timeouts++;
      record.proof ??= event;
    } else if (fields["dns.lookup.answered_by"] === server) record.answered++;
  }

  /** An exchange with `server` (an IPv4 address as a number) that was answered at once, and that nobody else needs to hear of. */
  answered(server: number | string): void {
    if (server !== this.last) this.endRow(server);
    this.row++;
  }

  /** The stream is over: tells of the servers that left their clients waiting more than once. */
  end(emit: Emit): void {
    this.endRow("");
    for (const [server, count] of this.unheard) {
      const record = this.records.get(typeof server === "number" ? dotted(server) : server);
      if (record !== undefined) record.answered += count;
    }
    this.unheard.clear();
    for (const [server, { answered, timeouts, proof }] of this.records) {
      if (proof === undefined || timeouts < LEAST_TIMEOUTS) continue;
      emit(
        assembled(
          "dns.first_server",
          "network",
          {
            "dns.lookup.first_server": server,
            "dns.first_server.answered": answered,
            "dns.first_server.timeouts": timeouts,
            "dns.first_server.timeout_percent": Math.round((100 * timeouts) / (timeouts + answered)),
          },
          proof.time,
          proof.time,
          [proof],
        ),
      );
    }
    this.records.clear();
  }

  private endRow(next: number | string): void {
    const known = this.unheard.get(this.last);
    if (this.row > 0 && (known !== undefined || this.unheard.size < MAX_SERVERS))
      this.unheard.set(this.last, (known ?? 0) + this.row);
    this.last = next;
    this.row = 0;
  }

  private recordOf(server: string): Record | undefined {
    let record = this.records.get(server);
    if (record === undefined && this.records.size < MAX_SERVERS)
      this.records.set(server, (record = { answered: 0, timeouts: 0, proof: undefined }));
    return record;
  }
}

const dotted = (word: number): string => [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff).join(".");
