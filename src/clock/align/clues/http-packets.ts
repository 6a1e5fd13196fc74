import type { Event, Fields } from "../../../model/event.js";
import { Copies } from "./copies.js";
import { type HttpRequest, httpAnswered, httpEnd, httpRequest, httpResponse, httpServed } from "./keys.js";
import { remember } from "./remember.js";
import type { Teller } from "./teller.js";

/** Connections that are followed at a time. */
const MOST_CONNECTIONS = 4096;

/** A request on a connection, and what came back so far. */
interface Exchange {
  request: HttpRequest;
  /** Sequence number of its first byte: the same in a repetition. */
  seq: number | undefined;
  packet: Event;
  status: number | undefined;
  /** The last packet so far that brought a part of the response. */
  last: Event | undefined;
}

/**
 * HTTP/1 as it passes: what the first packets of requests and responses show, and the last one of a response. One request at a time is followed on a
 * connection; where a second one comes before the response to the first (pipelining), neither tells anything more.
 */
export class HttpPackets {
  private readonly copies = new Copies();
  private readonly open = new Map<string, Exchange>();

  constructor(private readonly teller: Teller) {}

  take(packet: Event): void {
    const { fields } = packet;
    const { "http.request.method": method, "url.original": target } = fields;
    const status = fields["http.response.status_code"];
    if (packet.action === "tcp.segment") this.segment(packet);
    else if (typeof method === "string" && typeof target === "string")
      this.request(packet, { method, target });
    else if (typeof status === "number") this.response(packet, status);
  }

  /** The capture ends. Whether a response that was not followed by another request is complete is not known. */
  end(): void {
    this.open.clear();
  }

  private request(packet: Event, request: HttpRequest): void {
    const { open, copies } = this;
    const connection = connectionOf(packet.fields, "source", "destination");
    const before = open.get(connection);
    const written = packet.fields["tcp.seq"];
    // Some tools count from 0, or not at all.
    const seq = typeof written === "number" && written > 0 ? written : undefined;
    if (before && seq !== undefined && before.seq === seq) return;
    if (before) this.ended(connection, before);
    const isFirst = copies.isFirst(httpRequest("sent", request), packet.time);
    if (isFirst) this.tell(packet, httpRequest("sent", request), httpRequest("got", request));
    if (before && before.status === undefined) return;
    remember(
      open,
      connection,
      { request, seq, packet, status: undefined, last: undefined },
      MOST_CONNECTIONS,
    );
  }

  private response(packet: Event, status: number): void {
    const exchange = this.open.get(connectionOf(packet.fields, "destination", "source"));
    if (exchange === undefined || exchange.status !== undefined) return;
    const { copies, teller } = this;
    const { request } = exchange;
    exchange.status = status;
    exchange.last = packet;
    const sent = httpResponse("sent", request, status);
    if (!copies.isFirst(sent, packet.time)) return;
    this.tell(packet, sent, httpResponse("got", request, status));
    this.tell(exchange.packet, httpAnswered("sent", request, status), httpAnswered("got", request, status));
    const { seq } = exchange;
    if (typeof seq === "number")
      teller.tell(httpServed(request, seq), teller.earliest(exchange.packet), teller.latest(packet), packet);
  }

  /** What a message shows that others may have seen as well; of two captures neither is told by it from a repetition. */
  private tell(packet: Event, sent: string, got: string): void {
    this.teller.before(sent, packet);
    this.teller.after(got, packet);
  }

  /** Data that a server sends after a response began is the rest of it. Its closing shows that there is no more. */
  private segment(packet: Event): void {
    const { fields } = packet;
    const connection = connectionOf(fields, "destination", "source");
    const exchange = this.open.get(connection);
    if (exchange?.status === undefined) return;
    const bytes = fields["tcp.payload_bytes"];
    if (typeof bytes === "number" && bytes > 0) exchange.last = packet;
    if (/[FR]/.test(String(fields["tcp.flags"]))) this.ended(connection, exchange);
  }

  /** The response of an exchange is complete. */
  private ended(connection: string, { request, status, last }: Exchange): void {
    this.open.delete(connection);
    if (status === undefined || last === undefined) return;
    const key = httpEnd(request, status);
    if (this.copies.isFirst(key, last.time)) this.teller.before(key, last);
  }
}

/** Names a connection from its client's side. */
function connectionOf(
  fields: Fields,
  client: "source" | "destination",
  server: "source" | "destination",
): string {
  return `${fields[`${client}.ip`]} ${fields[`${client}.port`]} ${fields[`${server}.ip`]} ${fields[`${server}.port`]}`;
}
