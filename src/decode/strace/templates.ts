import type { Event, Fields } from "../../model/event.js";
import { FACTS, FactAt } from "../../scan/facts.js";
import type { DnsMessage } from "../dns/message.js";
import type { UnreadRows } from "../text/unread.js";
import type { Endpoint } from "./address.js";
import { Call } from "./calls.js";
import { datagramOf, pointsToId } from "./datagrams.js";
import { firstAddress, socketKind } from "./descriptors.js";
import { type LookUpRows, STEP } from "./look-up-rows.js";
import { answerEvent, failure, queryEvent } from "./output.js";
import { Process } from "./processes.js";
import { receivedBuffers } from "./receiving.js";
import { sentBuffers } from "./sending.js";
import { DNS_PORT, Socket } from "./sockets.js";

/** What look-ups tell that are written alike but for thread, descriptor, id and times: the fields of their events, of which those differ. */
export interface Template {
  readonly connect: Fields;
  readonly query: Fields;
  readonly answer: Fields;
}

interface Known {
  /** The arguments by which look-ups are alike, and how much was sent and received. */
  readonly parts: readonly Buffer[];
  readonly sent: number;
  readonly received: number;
  /** `undefined`: these tell of something else, or of more. */
  readonly template: Template | undefined;
}

/** So many are remembered, and of so many more that they were seen once. */
const MAX_KNOWN = 256;
const MAX_SEEN = 4096;
/** Longer texts are read each time. */
const MAX_BYTES = 2048;

const HIGH = /[^\x00-\x7f]/;

/** The templates of a trace's look-ups. Clients ask the same again and again: what comes a second time is worth remembering. */
export class Templates {
  private readonly known = new Map<number, Known>();
  private readonly seen = new Set<number>();

  /** The template of a look-up that was found. */
  of(rows: UnreadRows, found: LookUpRows): Template | undefined {
    const digest = found.digest(rows);
    const known = this.known.get(digest);
    if (known !== undefined) return isLike(known, rows, found) ? known.template : undefined;
    if (!this.seen.has(digest)) {
      if (this.seen.size >= MAX_SEEN) this.seen.clear();
      this.seen.add(digest);
      return undefined;
    }
    const parts = found.parts.map(({ from, to }) => Buffer.from(rows.texts.subarray(from, to)));
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    const [sent, received] = [resultOf(rows, found, STEP.SEND), resultOf(rows, found, STEP.RECEIVE)];
    const template = bytes <= MAX_BYTES ? templateOf(rows, found) : undefined;
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(digest, { parts, sent, received, template });
    return template;
  }
}

const resultOf = ({ facts }: UnreadRows, { rows }: LookUpRows, step: number): number =>
  facts[rows[step]! * FACTS + FactAt.RESULT]!;

function isLike({ parts, sent, received }: Known, rows: UnreadRows, found: LookUpRows): boolean {
  if (resultOf(rows, found, STEP.SEND) !== sent || resultOf(rows, found, STEP.RECEIVE) !== received)
    return false;
  return parts.every((part, step) => {
    const { from, to } = found.parts[step]!;
    return part.compare(rows.texts, from, to) === 0;
  });
}

/** A record without a place: only its fields count. */
const NOWHERE: Event = {
  source: 0,
  line: 0,
  offset: 0,
  length: 0,
  time: 0,
  ns: 0,
  latest: 0,
  action: "process.syscall",
  category: "process",
  fields: {},
};

/** Reads a look-up as its calls are read one by one (descriptors.ts, sending.ts, receiving.ts). */
function templateOf(rows: UnreadRows, found: LookUpRows): Template | undefined {
  const texts = found.parts.map((_, step) => found.args(rows, step));
  if (texts.some((text) => HIGH.test(text))) return undefined;
  const callOf = (name: string, step: number) =>
    new Call(
      name,
      texts[step]!,
      String(resultOf(rows, found, step)),
      "",
      [NOWHERE],
      found.thread,
      Number.NaN,
    );
  const connect = callOf("connect", STEP.CONNECT);
  const send = callOf("sendto", STEP.SEND);
  const receive = callOf("recvfrom", STEP.RECEIVE);
  const socket = new Socket(socketKind(texts[STEP.SOCKET]!)?.transport);
  const server = firstAddress(connect.behindFd!);
  if (socket.transport !== "udp" || server?.port !== DNS_PORT) return undefined;
  socket.server = server;
  const asked = datagramOf(send, sentBuffers);
  const answered = datagramOf(receive, receivedBuffers);
  const question = asked?.messages[0];
  const message = answered?.messages[0];
  if (!question || !message || question.response || !answers(message, question)) return undefined;
  // Where it names another server, that one is asked; and what points to the id differs with it.
  for (const { buffer } of [asked, answered])
    if (!isOf(server, buffer.peer) || pointsToId(buffer.bytes)) return undefined;
  if (receive.args.includes("MSG_ERRQUEUE")) return undefined;
  const process = new Process(found.thread, true);
  const query = queryEvent(send, process, socket, found.fd, question, server);
  const answer = answerEvent(receive, process, socket, found.fd, message, server);
  return {
    connect: failure(connect, process, socket, server, undefined),
    query: query.fields,
    answer: answer.fields,
  };
}

const isOf = (server: Endpoint, peer: Endpoint | undefined): boolean =>
  peer === undefined || (peer.ip === server.ip && peer.port === server.port);

/** Does it settle the question, and nothing else? */
function answers(message: DnsMessage, question: DnsMessage): boolean {
  const { response, responseCode } = message;
  if (!response || (responseCode !== "NOERROR" && responseCode !== "NXDOMAIN")) return false;
  if (message.nameCut || question.nameCut) return false;
  const { name, type } = question.question ?? {};
  return type !== undefined && message.question?.name === name && message.question?.type === type;
}
