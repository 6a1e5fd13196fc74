import type { Event, Fields } from "../../../model/event.js";
import type { ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { isLog } from "./is-log.js";
import { httpAnswered, httpEnd, httpRequest, httpResponse } from "./keys.js";
import { Teller } from "./teller.js";

/** What a line's own stamp leaves open: µs on its source's clock, or lines; both ends included. */
interface Window {
  lo: number;
  hi: number;
}

/**
 * The clock that a server logs with is read at intervals (nginx and haproxy: once for all that is ready at a time), or only when the response
 * has been sent (Go, Python, Node servers): µs by which a stamp may be wrong about what came before and after it.
 */
const READ_US = 20_000;

const MS_US = 1000;

/** What an access log's line says of its request. */
interface Said {
  /** The first byte had arrived by then. */
  gotBy: number;
  /** The first byte of the response was sent no earlier; undefined: nothing is known. */
  answeredFrom?: number;
  /** The last byte of the response was sent no earlier. */
  endedFrom?: number;
}

/** What the stamps of a kind of access log mean. */
type Meaning = (stamp: Window, fields: Fields) => Said;

/** The stamp was taken at some time between the first byte of the request and the end of the response: before it, or just behind. */
const between: Meaning = ({ lo, hi }) => ({ gotBy: hi + READ_US, endedFrom: lo - READ_US });

/**
 * nginx writes the line when the response is on its way, with a clock that it read before that (src/core/ngx_times.c, ngx_http_log_module). $msec is
 * that time with its milliseconds.
 */
const nginx: Meaning = ({ lo, hi }, { "nginx.msec": seconds }) => {
  if (typeof seconds !== "number") return { gotBy: hi + READ_US, endedFrom: lo };
  const from = lo + (Math.round(seconds * 1000) % 1000) * MS_US;
  return { gotBy: from + MS_US + READ_US, endedFrom: from };
};

/** The request had begun to arrive, and nothing was sent yet. */
const begun: Meaning = ({ lo, hi }) => ({ gotBy: hi + READ_US, answeredFrom: lo, endedFrom: lo });

/** The line was written in the course of the request, or stamped by whoever took it from the server afterwards. */
const relayed: Meaning = ({ hi }) => ({ gotBy: hi });

const ms = (value: unknown): number => (typeof value === "number" && value > 0 ? value * MS_US : 0);

/**
 * By `event.dataset`. The common log format says no more than `between`: Apache stamps the moment when the request's first line was read
 * (modules/loggers/mod_log_config.c, `request_time`), nginx the end (ngx_http_log_module), Go's handlers and Traefik the beginning.
 */
const MEANINGS: Record<string, Meaning> = {
  "http.access": (stamp, fields) => (fields["nginx.msec"] === undefined ? between : nginx)(stamp, fields),
  "nginx.access": nginx,
  caddy: between,
  // squid's time is that of the end, less what it took that of the beginning (src/client_side.cc, src/log/FormatSquidNative.cc).
  "squid.access": ({ lo, hi }, fields) => ({
    gotBy: hi - ms(fields["squid.elapsed_ms"]) + MS_US + READ_US,
    endedFrom: lo - READ_US,
  }),
  // Of the two dates that haproxy may log, one is when the connection was taken, the other when the request began (doc/configuration.txt, %t, %tr).
  haproxy: ({ lo, hi }, fields) => ({
    gotBy: hi + ms(fields["haproxy.total_ms"]) + MS_US + READ_US,
    answeredFrom: lo,
    endedFrom: lo,
  }),
  // %START_TIME% (source/common/stream_info); Traefik's StartUTC.
  "envoy.access": begun,
  "traefik.access": begun,
};

/** Kinds of stamps that such lines bear themselves. */
const OWN_STAMPS: Record<string, readonly string[]> = {
  "http.access": ["clf"],
  haproxy: ["datetime"],
};

/**
 * Requests in the access logs of web servers and proxies: with a capture, the request was there before it was logged, and the response ended
 * after the clock was read for the line.
 */
export const accessLog: ClueKind = {
  families: ["http.request", "http.answered", "http.response", "http.end"],
  actions: ["http.access", "http.error"],
  brief: true,
  of(source, give) {
    return isLog(source) ? new AccessLog(source, new Teller(source, give)) : undefined;
  },
};

class AccessLog implements ClueTaker {
  constructor(
    private readonly source: LookedAt,
    private readonly teller: Teller,
  ) {}

  take(event: Event): void {
    const { fields } = event;
    const {
      "http.request.method": method,
      "url.original": target,
      "http.response.status_code": status,
    } = fields;
    if (typeof method !== "string" || typeof target !== "string") return;
    const { teller } = this;
    const window = { lo: teller.earliest(event), hi: teller.latest(event) };
    const request = { method, target };
    const isRelayed = this.source.unstamped || event.action === "http.error";
    const { gotBy, answeredFrom, endedFrom } = (isRelayed ? relayed : meaningOf(fields))(window, fields);
    teller.tell(httpRequest("got", request), Number.NEGATIVE_INFINITY, gotBy, event);
    // 1xx and 0 stand for requests that nobody answered.
    if (typeof status !== "number" || status < 200) return;
    teller.tell(httpAnswered("got", request, status), Number.NEGATIVE_INFINITY, gotBy, event);
    if (answeredFrom !== undefined)
      teller.tell(httpResponse("sent", request, status), answeredFrom, Number.POSITIVE_INFINITY, event);
    if (endedFrom !== undefined)
      teller.tell(httpEnd(request, status), endedFrom, Number.POSITIVE_INFINITY, event);
  }

  end(): void {}
}

function meaningOf(fields: Fields): Meaning {
  const dataset = String(fields["event.dataset"]);
  const own = OWN_STAMPS[dataset];
  const isOwn = own === undefined || own.includes(String(fields["@timestamp.kind"]));
  return (isOwn ? MEANINGS[dataset] : undefined) ?? relayed;
}
