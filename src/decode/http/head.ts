/** What the first line of an HTTP/1 message says (RFC 9112, sections 3 and 4). */
export type HttpHead =
  | { readonly kind: "request"; readonly method: string; readonly target: string }
  | { readonly kind: "response"; readonly status: number };

/** A longer first line is read by no server (RFC 9112, section 3, recommends 8000 octets at least). */
const MAX_LINE = 8192;

const REQUEST = /^([A-Z]{3,20}) ([!-~\x80-\xff]{1,8192}) HTTP\/1\.[01]\r/;
/** Not the interim ones, 1xx: another follows. */
const RESPONSE = /^HTTP\/1\.[01] ([2-5]\d\d)[ \r]/;

/**
 * Reads the first line of what may be an HTTP message.
 * @param text its beginning, one char per byte. A request's first line must be there to its end; of a response the status is enough
 */
export function readHttpHead(text: string): HttpHead | undefined {
  const line = text.length > MAX_LINE ? text.slice(0, MAX_LINE) : text;
  const response = RESPONSE.exec(line);
  if (response) return { kind: "response", status: Number(response[1]) };
  const request = REQUEST.exec(line);
  return request ? { kind: "request", method: request[1]!, target: request[2]! } : undefined;
}

const UPPER_A = 65;
const UPPER_Z = 90;

/** The same from bytes[from, to): most payloads are told by two of them. */
export function readHttpBytes(bytes: Buffer, from: number, to: number): HttpHead | undefined {
  if (to - from < 12 || !beginsInCapitals(bytes, from)) return undefined;
  return readHttpHead(bytes.toString("latin1", from, Math.min(to, from + MAX_LINE)));
}

/** Do two capital letters stand there, as at the beginning of every request and response? */
export const beginsInCapitals = (bytes: Uint8Array, at: number): boolean =>
  isUpper(bytes[at]!) && isUpper(bytes[at + 1]!);

const isUpper = (byte: number) => byte >= UPPER_A && byte <= UPPER_Z;
