import { bytesOf, textOf } from "./bytes.js";
import { addresses } from "./convert/addresses.js";
import { duration } from "./convert/duration.js";
import { endpoint, NO_ENDPOINT } from "./convert/endpoint.js";
import { hexip } from "./convert/hexip.js";
import { canonicalIp } from "./convert/ip.js";
import { port } from "./convert/port.js";
import { json, quoted, quotedBytes } from "./convert/quoted.js";
import { NO_URL, url } from "./convert/url.js";

/**
 * Conversions that generated decoders call, one per capture type. They take the captured bytes (a latin1 string)
 * and give the value, or `undefined` when the text is not one: the field is then absent, the record still parsed.
 */

const HIGH = /[\x80-\xff]/;

/** Whether a record has any byte beyond ASCII, so that its captures must be decoded as UTF-8. */
export function high(record: string): boolean {
  return HIGH.test(record);
}

/** Up to so many digits a number is exact however it is summed up. */
const EXACT = 15;

export function int(text: string): number {
  const negative = text.charCodeAt(0) === 45;
  const first = negative ? 1 : 0;
  const { length } = text;
  if (length > EXACT || length === first) return +text;
  let value = 0;
  for (let i = first; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return +text;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

export function float(text: string): number {
  return +text;
}

export function hex(text: string): number {
  return Number.parseInt(text, 16);
}

/** inet_ntop's form; without a zone (`%eth0`). */
export function ip(text: string): string | undefined {
  return canonicalIp(text);
}

/** Lower case, two digits each. */
export function mac(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === 17 ? lower : lower.replace(/(^|:)(?=[0-9a-f](?::|$))/g, "$10");
}

/** Lower case, without the root's dot. */
export function host(text: string): string {
  const lower = text.toLowerCase();
  return lower.length > 1 && lower.endsWith(".") ? lower.slice(0, -1) : lower;
}

export function lower(text: string): string {
  return text.toLowerCase();
}

/** Parts between blanks and commas. */
export function list(text: string): string[] {
  return text.split(/[ \t\r\n,]+/).filter((part) => part !== "");
}

export function bool(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case "true":
    case "yes":
    case "on":
    case "1":
      return true;
    case "false":
    case "no":
    case "off":
    case "0":
      return false;
    default:
      return undefined;
  }
}

/** Without trailing blanks: what `rest` gives. */
export function rest(text: string): string {
  let end = text.length;
  for (; end > 0; end--) {
    const code = text.charCodeAt(end - 1);
    if (code !== 32 && code !== 13 && code !== 10 && code !== 9) break;
  }
  return end === text.length ? text : text.slice(0, end);
}

export {
  addresses,
  bytesOf as bytes,
  duration,
  endpoint,
  hexip,
  json,
  NO_ENDPOINT,
  NO_URL,
  port,
  quoted,
  quotedBytes,
  textOf as text,
  url,
};
