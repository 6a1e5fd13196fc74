import { decodeDns } from "../../decode/dns/message.js";
import { readQuoted } from "../../decode/strace/escapes.js";
import { replaceSpans, type Span } from "../text/span.js";
import type { TextMasker } from "../text-masker.js";
import { maskDns } from "./dns.js";
import { quoteBytes } from "./quote.js";

/** Where a trace quotes what was sent and received: the beginning of a string with an escape in it. */
const BUFFER = /(?:iov_base=|, |resumed>\s?)(?="[^"\\\r\n]{0,64}\\)/g;
/** A string that is written in hexadecimal from end to end, as with `-x` or `-xx`. */
const HEX = /^(?:\\x[0-9a-f]{2})+$/;
const HEX_STRING = /"((?:\\x[0-9a-f]{2}){4,65536})"/g;
/** The address of a socket as its bytes, as `-X raw` and `-X verbose` show it. */
const RAW_ADDRESS = /(sin6?_addr=")((?:\\x[0-9a-f]{2}){4}(?:(?:\\x[0-9a-f]{2}){12})?)(?=")/g;
/** DNS over TCP has the message's length before it (RFC 1035, 4.2.2). */
const LENGTH_BYTES = 2;

/** Finds what traces quote in escapes: DNS messages, whose names and addresses no expression finds, and texts in hexadecimal. */
export function findDnsBuffers(text: string, masker: TextMasker, spans: Span[]): void {
  if (!text.includes("\\")) return;
  for (const { index, 0: head } of text.matchAll(BUFFER)) {
    const at = index + head.length;
    const { bytes, cut, next } = readQuoted(text, at);
    const masked = maskedMessage(bytes, cut, masker);
    const end = text.lastIndexOf('"', next - 1);
    if (masked === undefined || end <= at) continue;
    const was = text.slice(at + 1, end);
    const now = quoteBytes(masked, HEX.test(was) ? "hex" : "octal");
    if (now !== was) spans.push({ start: at + 1, end, text: now });
  }
  for (const { index, 1: head, 2: hex } of text.matchAll(RAW_ADDRESS)) {
    const address = masker.addresses.ip(bytesOf(hex!));
    const start = index + head!.length;
    const now = quoteBytes(address, "hex");
    if (now !== hex) spans.push({ start, end: start + hex!.length, text: now });
  }
  for (const { index, 1: hex } of text.matchAll(HEX_STRING)) {
    const plain = bytesOf(hex!).toString("latin1");
    const found = masker.spans(plain);
    if (found.length === 0) continue;
    const now = quoteBytes(Buffer.from(replaceSpans(plain, found), "latin1"), "hex");
    spans.push({ start: index + 1, end: index + 1 + hex!.length, text: now, secret: true });
  }
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll("\\x", ""), "hex");

function maskedMessage(bytes: Uint8Array, cut: boolean, masker: TextMasker): Buffer | undefined {
  for (const from of [0, LENGTH_BYTES]) {
    const message = decodeDns(bytes, from, bytes.length, !cut);
    // What is cut to a few bytes resembles a message too easily.
    if (message === undefined || bytes.length - from < 17) continue;
    const out = Buffer.from(bytes);
    maskDns(out, from, out.length, masker);
    return out;
  }
  return undefined;
}
