import { crypto } from "../../../evidence/crypto.js";

/**
 * The keys of clues: one place, so that all sources spell a happening alike.
 *
 * A message between two hosts is two happenings: its sender handed it to its kernel (`sent`), and it arrived where it went to
 * (`got`). Whoever captured it on its way saw it between the two, wherever that was: in a capture `sent` lies in (-∞, t] and `got` in
 * [t, ∞). The sender's own trace or log bounds `sent` from below, the receiver's bounds `got` from above. So a
 * question and its answer bound two clocks from both sides without anybody knowing the delay of the path, as in NTP
 * (RFC 5905, section 8). What two captures know of each other is a third happening: the server was at work on it (`served`), after the
 * question passed either of them and before the answer did.
 *
 * Random numbers (transaction ids, sequence numbers) tell a message from another like it. Where there are none (`http.request`, `http.response`,
 * `tcp.opened`), nothing tells a happening from its repetition, and each source bounds it from one side only: two clients that ask for
 * the same, or two captures of different hours, then say nothing about each other.
 */
export type Phase = "sent" | "got";

/** Names a happening: its kind, a space, what identifies it. */
export const keyOf = (kind: string, ...parts: readonly (string | number)[]): string =>
  `${kind} ${parts.join(" ")}`;

/** Texts longer than this go into keys by their hash. */
const LONGEST = 160;

/** A text of any length as a part of a key. */
export function partOf(text: string): string {
  if (text.length <= LONGEST) return text;
  return `#${crypto().createHash("sha1").update(text, "latin1").digest("base64url")}`;
}

/** What identifies a DNS exchange for all who see its messages. `server` is the address that was asked, and that answers. */
export interface DnsExchange {
  id: number;
  /** Lower case, without trailing dot; its first {@link NAME_SHOWN} characters count. */
  name: string;
  server: string;
}

/**
 * So much of a name identifies a question together with its id: strace shows 32 bytes of a message unless told otherwise, 20
 * of them of the question.
 */
export const NAME_SHOWN = 16;

/** A and AAAA questions have ids of their own; where a message is cut, its type is not shown. */
const dnsParts = ({ id, name, server }: DnsExchange) =>
  [id, partOf(name.slice(0, NAME_SHOWN)), server] as const;

/** The name in all keys of an exchange: `4711 registry.test 192.0.2.53`. */
export const dnsExchangeName = (exchange: DnsExchange) => dnsParts(exchange).join(" ");

/** A DNS question: `dns.question.sent 4711 registry.test 192.0.2.53`. */
export const dnsQuestion = (phase: Phase, exchange: DnsExchange) =>
  keyOf(`dns.question.${phase}`, ...dnsParts(exchange));

/**
 * The moment shortly before a DNS question was on the wire, when the call that sent it cannot have begun yet (`SENDING_US`
 * in sender.ts): what has no stamps has no other bound on that side.
 */
export const dnsQuestionDue = (exchange: DnsExchange) => keyOf("dns.question.due", ...dnsParts(exchange));

/** A DNS answer: `dns.answer.got 4711 registry.test 192.0.2.53`. */
export const dnsAnswer = (phase: Phase, exchange: DnsExchange) =>
  keyOf(`dns.answer.${phase}`, ...dnsParts(exchange));

/** A name server was at work on a question. */
export const dnsServed = (exchange: DnsExchange) => keyOf("dns.served", ...dnsParts(exchange));

/** What logs tell of a DNS exchange that print no transaction id: who asked for what. */
export interface DnsLookup {
  name: string;
  type: string;
  /** Address of the asker, as its server saw it. */
  client: string;
}

/** The name in all keys of a look-up: `registry.test A 192.0.2.7`. */
export const dnsLookupName = ({ name, type, client }: DnsLookup) => `${partOf(name)} ${type} ${client}`;

/** A question arrived at its server (who logs it when it is there): `dns.lookup.got registry.test A 192.0.2.7`. */
export const dnsLookupGot = ({ name, type, client }: DnsLookup) =>
  keyOf("dns.lookup.got", partOf(name), type, client);

/** The answer to it was sent (after the server logged it): `dns.lookup.answered registry.test A 192.0.2.7`. */
export const dnsLookupAnswered = ({ name, type, client }: DnsLookup) =>
  keyOf("dns.lookup.answered", partOf(name), type, client);

/** The same where the log prints the port of the asker as well: that tells look-ups of one name apart. */
export interface DnsAsked extends DnsLookup {
  port: number;
}

/**
 * A question that a socket asked, whomever: `dns.asked.got registry.test A 192.0.2.7 40001`. It was `sent`, it was `got`, it
 * was `answered` (the answer was sent), the answer was `heard`.
 */
export const dnsAsked = (phase: Phase | "answered" | "heard", { name, type, client, port }: DnsAsked) =>
  keyOf(`dns.asked.${phase}`, partOf(name), type, client, port);

/** A request as its first line says it: method and target as they are written there, escapes and query included. */
export interface HttpRequest {
  method: string;
  target: string;
}

/** The first byte of an HTTP request: `http.request.got GET /v2/`. */
export const httpRequest = (phase: Phase, { method, target }: HttpRequest) =>
  keyOf(`http.request.${phase}`, method, partOf(target));

/**
 * The first byte of a request, by what was answered to it: `http.answered.got GET /v2/ 404`. Requests that are repeated until they succeed are
 * told apart by that.
 */
export const httpAnswered = (phase: Phase, { method, target }: HttpRequest, status: number) =>
  keyOf(`http.answered.${phase}`, method, partOf(target), status);

/** The first byte of a response, with its status: `http.response.sent GET /v2/ 200`. */
export const httpResponse = (phase: Phase, { method, target }: HttpRequest, status: number) =>
  keyOf(`http.response.${phase}`, method, partOf(target), status);

/** The last byte of a response was sent: `http.end.sent GET /v2/ 200`. Servers log it then, by a clock read somewhat earlier. */
export const httpEnd = ({ method, target }: HttpRequest, status: number) =>
  keyOf("http.end.sent", method, partOf(target), status);

/**
 * An HTTP server was at work on a request, which the sequence number of its first byte tells from others alike: `http.served GET /v2/ 4711`.
 * Only captures know it.
 */
export const httpServed = ({ method, target }: HttpRequest, seq: number) =>
  keyOf("http.served", method, partOf(target), seq);

/** A line with its own stamp in it was given that stamp: `log 2026-11-22T03:52:32.525263649Z`. The stamp is as it is written. */
export const stampedLine = (stamp: string) => keyOf("log", stamp);

/** Date and time to the microsecond. */
const STAMP_SHOWN = "2026-11-22T03:52:32.525263".length;

/** The name in the keys of what a trace shows of a stamp. */
export const shownName = (stamp: string) => stamp.slice(0, STAMP_SHOWN);

/**
 * The same by as much of the stamp as strace shows of a line in logrus's form unless told otherwise (32 bytes): `shown.from
 * 2026-11-22T03:52:32.525263`. Two hosts may well log in the same microsecond, so that a log bounds this happening once from each side
 * (`from`, `to`): a trace's window lies against both, and two logs say nothing about each other.
 */
export const shownLine = (side: "from" | "to", stamp: string) => keyOf(`shown.${side}`, shownName(stamp));

/** A line of a process was logged, which several logs may have: `copied corpdev1 27065 Starting up`. Kernel lines have no process: 0. */
export const copiedLine = (host: string, pid: number, message: string) =>
  keyOf("copied", host, pid, partOf(message));

/** The kernel wrote a line so many µs after it booted: `kernel 1386422010 brtest: entered promiscuous mode`. */
export const kernelLine = (micros: string, message: string) => keyOf("kernel", micros, partOf(message));

/** The same by a name in it that no two hosts share by chance: `kernel.named eth0: renamed from veth4a7c21f`. */
export const kernelNamed = (message: string) => keyOf("kernel.named", partOf(message));

/** A TCP handshake by the first sequence numbers of both ends, which translation of addresses leaves as they are. */
export const tcpServed = (client: number, server: number) => keyOf("tcp.served", client, server);

/** A connection was opened to an address: its first SYN `sent`, the server's answer to it `got`. */
export const tcpOpened = (phase: Phase, ip: string, port: number) => keyOf(`tcp.opened.${phase}`, ip, port);

/** An echo request (`ping`) to a host, by identifier and sequence number. */
export const echoRequest = (phase: Phase, id: number, seq: number, host: string) =>
  keyOf(`icmp.request.${phase}`, id, seq, host);

/** The reply to it. */
export const echoReply = (phase: Phase, id: number, seq: number, host: string) =>
  keyOf(`icmp.reply.${phase}`, id, seq, host);

/** A host was at work on an echo request. */
export const echoServed = (id: number, seq: number, host: string) => keyOf("icmp.served", id, seq, host);
