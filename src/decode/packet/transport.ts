import type { Fields } from "../../model/event.js";
import { type DnsMessage, decodeDns } from "../dns/message.js";
import { decodeDnsStream } from "../dns/stream.js";
import { httpFields } from "../http/fields.js";
import { readHttpBytes } from "../http/head.js";
import { answerFields, queryFields } from "./dns.js";
import { datagramFields, segmentFields } from "./fields.js";
import type { Frame } from "./frame.js";
import type { Wanted } from "./kinds.js";

/** Takes one event's kind and fields. */
export type Emit = (action: string, fields: Fields) => void;

const DNS_PORT = 53;

/** UDP (RFC 768) at `frame.at`: a DNS message on port 53, or a datagram. False when its header was cut. */
export function decodeUdp(frame: Frame, wanted: Wanted, emit: Emit): boolean {
  const at = frame.at;
  if (at + 8 > frame.end) return false;
  const sourcePort = frame.u16(at);
  const destinationPort = frame.u16(at + 2);
  const length = frame.u16(at + 4);
  const bytes = (length >= 8 ? Math.min(length, frame.payloadBytes) : frame.payloadBytes) - 8;
  if ((sourcePort === DNS_PORT || destinationPort === DNS_PORT) && (wanted.query || wanted.answer)) {
    const end = Math.min(frame.end, at + 8 + bytes);
    const message = decodeDns(frame.bytes, at + 8, end, !frame.cut && !frame.moreFragments);
    if (message !== undefined) {
      emitDns(frame, "udp", sourcePort, destinationPort, message, wanted, emit);
      return true;
    }
  }
  if (wanted.datagram) emit("udp.datagram", datagramFields(frame, sourcePort, destinationPort, bytes));
  return true;
}

function emitDns(
  frame: Frame,
  transport: string,
  sourcePort: number,
  destinationPort: number,
  message: DnsMessage,
  wanted: Wanted,
  emit: Emit,
): void {
  if (message.response) {
    if (wanted.answer) {
      emit("dns.answer", answerFields(frame, transport, sourcePort, destinationPort, message));
    }
  } else if (wanted.query) {
    emit("dns.query", queryFields(frame, transport, sourcePort, destinationPort, message));
  }
}

const FLAG_LETTERS = "FSRP.UEW";
/** tcpdump's letters for each value of the flags byte (print-tcp.c): `S.`, `FP.`, `none`. */
const FLAG_TEXTS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte === 0 ? "none" : [...FLAG_LETTERS].filter((_letter, bit) => ((byte >>> bit) & 1) === 1).join(""),
);
/** tcpdump's letters for the flags byte of a segment: `S.`. */
export const flagText = (flags: number): string => FLAG_TEXTS[flags & 0xff]!;
const FIN_SYN_RST = 0b111;
const ACK = 0x10;

/** TCP (RFC 9293) at `frame.at`. DNS over TCP gives DNS events in place of its data segments. */
export function decodeTcp(frame: Frame, wanted: Wanted, emit: Emit): boolean {
  const at = frame.at;
  if (at + 14 > frame.end) return false;
  const sourcePort = frame.u16(at);
  const destinationPort = frame.u16(at + 2);
  const header = (frame.bytes[at + 12]! >>> 4) * 4;
  if (header < 20) return false;
  const flags = frame.bytes[at + 13]!;
  const bytes = Math.max(0, frame.payloadBytes - header);
  let isDns = false;
  if ((sourcePort === DNS_PORT || destinationPort === DNS_PORT) && bytes > 2 && at + header < frame.end) {
    for (const message of dnsMessages(frame, at + header)) {
      isDns = true;
      emitDns(frame, "tcp", sourcePort, destinationPort, message, wanted, emit);
    }
  }
  const control = (flags & FIN_SYN_RST) !== 0;
  if (isDns && !control) return true;
  if (wanted.http && bytes > 0) decodeHttp(frame, at + header, emit);
  if (control ? wanted.handshake : wanted.data) {
    const ack = (flags & ACK) !== 0 ? frame.u32(at + 8) : undefined;
    const text = FLAG_TEXTS[flags];
    emit(
      "tcp.segment",
      segmentFields(frame, sourcePort, destinationPort, text, frame.u32(at + 4), ack, bytes),
    );
  }
  return true;
}

/** The HTTP message that begins with the payload at `payload`, if one does. */
function decodeHttp(frame: Frame, payload: number, emit: Emit): void {
  const head = readHttpBytes(frame.bytes, payload, frame.end);
  if (head === undefined) return;
  const { at } = frame;
  emit("http.message", {
    ...segmentFields(
      frame,
      frame.u16(at),
      frame.u16(at + 2),
      FLAG_TEXTS[frame.bytes[at + 13]!],
      frame.u32(at + 4),
      undefined,
      frame.payloadBytes - (payload - at),
    ),
    ...httpFields(head),
  });
}

/** A segment's messages behind their lengths, or one without, where the sender wrote the length by itself. */
function dnsMessages(frame: Frame, from: number): DnsMessage[] {
  const whole = !frame.cut && !frame.moreFragments;
  const messages = decodeDnsStream(frame.bytes, from, frame.end, whole);
  if (messages.length > 0 || !whole) return messages;
  const bare = decodeDns(frame.bytes, from, frame.end, true);
  return bare?.question !== undefined && !bare.cut ? [bare] : messages;
}
