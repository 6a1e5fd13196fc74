import { type DnsMessage, decodeDns } from "./message.js";

/**
 * DNS over TCP (RFC 1035, 4.2.2; RFC 7766): messages behind a two-byte length each.
 *
 * Takes the bytes of one write, read or segment that begins at a message's length; gives the messages in it, the
 * last one as far as it goes when the buffer ends inside it. `complete`: nothing was cut off by the tool (a
 * message may still go on in the next segment). Gives an empty list when it does not begin with a DNS message:
 * the middle of a longer one, or the length alone.
 */
export function decodeDnsStream(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
): DnsMessage[] {
  const messages: DnsMessage[] = [];
  let at = start;
  while (at + 2 < end) {
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    const from = at + 2;
    if (length < 12) break;
    const whole = from + length <= end;
    if (!whole && complete && end - from < 12) break;
    const message = decodeDns(bytes, from, Math.min(from + length, end), whole);
    if (message === undefined) break;
    messages.push(message);
    at = from + length;
  }
  return messages;
}
