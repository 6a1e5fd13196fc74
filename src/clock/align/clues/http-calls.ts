import type { Event } from "../../../model/event.js";
import { type HttpRequest, httpRequest, httpResponse } from "./keys.js";
import { remember } from "./remember.js";
import type { Teller } from "./teller.js";

/** Connections that are followed at a time. */
const MOST_CONNECTIONS = 4096;

/** A request that a traced process sent, or received, on a descriptor. */
interface Exchange extends HttpRequest {
  /** It sent the request: it is the client. */
  isClient: boolean;
}

/**
 * HTTP/1 messages as a traced client or server sends and reads them. Nothing tells a request from the same one made again, so that each clue has one
 * side only: two clients that ask for the same do not know the same happening, and one-sided windows of the same side say nothing about each other.
 */
export class HttpCalls {
  /** By process and descriptor. */
  private readonly open = new Map<string, Exchange>();

  constructor(private readonly teller: Teller) {}

  take(call: Event): void {
    const { fields } = call;
    const { "http.request.method": method, "url.original": target } = fields;
    const status = fields["http.response.status_code"];
    const sends = fields["network.direction"] === "outbound";
    const connection = `${fields["process.pid"] ?? fields["process.thread.id"]} ${fields["strace.fd"]}`;
    if (typeof method === "string" && typeof target === "string")
      this.request(call, connection, { method, target }, sends);
    else if (typeof status === "number") this.response(call, connection, status, sends);
  }

  private request(call: Event, connection: string, request: HttpRequest, sends: boolean): void {
    const { teller, open } = this;
    if (sends) teller.after(httpRequest("sent", request), call);
    else teller.tell(httpRequest("got", request), Number.NEGATIVE_INFINITY, teller.over(call), call);
    remember(open, connection, { ...request, isClient: sends }, MOST_CONNECTIONS);
  }

  private response(call: Event, connection: string, status: number, sends: boolean): void {
    const { teller, open } = this;
    const request = open.get(connection);
    // A proxy's answer to one side is no answer on this connection.
    if (request === undefined || request.isClient === sends) return;
    open.delete(connection);
    if (sends) {
      teller.after(httpResponse("sent", request, status), call);
      return;
    }
    teller.tell(httpResponse("got", request, status), Number.NEGATIVE_INFINITY, teller.over(call), call);
  }
}
