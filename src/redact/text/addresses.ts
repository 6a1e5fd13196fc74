import type { Addresses } from "../addresses/addresses.js";
import { BEGIN } from "./boundary.js";
import type { Span } from "./span.js";

/** Four numbers; a fifth is a port, as tcpdump writes it. A length behind a slash says how much of it is the network. */
const V4 = new RegExp(
  `${BEGIN}|\\.)(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})(?:\\/(\\d{1,2})(?![\\w.]*\\d))?(?![A-Za-z0-9]|\\.\\d+\\.\\d)`,
  "g",
);
/** The same with hyphens in names that clouds give to machines: ip-10-0-0-5. */
const NAMED_V4 = new RegExp(`${BEGIN})(ip-)(\\d{1,3}-\\d{1,3}-\\d{1,3}-\\d{1,3})(?![\\d-])`, "g");
/** Whatever could be an IPv6 address: the system says whether it is one. */
const V6 = new RegExp(
  `${BEGIN}|[:.])((?:[0-9a-fA-F]{1,4}|:):[0-9a-fA-F:]{1,38}(?:\\.\\d{1,3}){0,4})(?:\\/(\\d{1,3}))?(?![A-Za-z0-9:])`,
  "g",
);
/** Hardware addresses, also two and a type in a row as iptables logs them. */
const MAC = new RegExp(`${BEGIN}|[:-])((?:[0-9a-fA-F]{2}[:-]){5,19}[0-9a-fA-F]{2})(?![A-Za-z0-9:-])`, "g");
/** A bridge's id: its priority and its address (brctl). */
const BRIDGE_ID = /(?<![\w.])([0-9a-fA-F]{4}\.)([0-9a-fA-F]{12})(?![\w.])/g;
/** Address and port in /proc/net/tcp and its like, in the machine's byte order. */
const PROC = /(?<![0-9A-Fa-f])([0-9A-F]{32}|[0-9A-F]{8})(?=:[0-9A-F]{4}(?![0-9A-Fa-f]))/g;
/** A line of /proc/net/route: interface, destination, gateway. */
const PROC_ROUTE = /^([\w.@-]{1,15}\t)([0-9A-F]{8})(\t)([0-9A-F]{8})(?=\t\d{4}\t)/gm;

const MAC_BYTES = 6;

/** Finds addresses in a text, and gives what stands for them. */
export function findAddresses(text: string, addresses: Addresses, spans: Span[]): void {
  const put = (start: number, was: string, now: string) => {
    if (was !== now) spans.push({ start, end: start + was.length, text: now });
  };
  const lengthOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
  if (text.includes(".")) {
    for (const match of text.matchAll(V4))
      put(match.index, match[1]!, addresses.ip4(match[1]!, lengthOf(match[2])));
    for (const { index, 1: head, 2: id } of text.matchAll(BRIDGE_ID))
      put(index + head!.length, id!, Buffer.from(addresses.mac(Buffer.from(id!, "hex"))).toString("hex"));
  }
  for (const { index, 1: head, 2: named } of text.matchAll(NAMED_V4))
    put(index + head!.length, named!, addresses.ip4(named!.replaceAll("-", ".")).replaceAll(".", "-"));
  if (text.includes(":") || text.includes("-"))
    for (const { index, 1: run } of text.matchAll(MAC)) put(index, run!, maskedRun(run!, addresses));
  if (!text.includes(":")) return;
  for (const { index, 1: found, 2: length } of text.matchAll(V6)) {
    const [address, port] = portApart(found!);
    put(index, found!, addresses.ip6(address, lengthOf(length)) + port);
  }
  for (const { index, 1: hex } of text.matchAll(PROC)) put(index, hex!, maskedWords(hex!, addresses));
  for (const { index, 1: name, 2: to, 3: tab, 4: by } of text.matchAll(PROC_ROUTE)) {
    const at = index + name!.length;
    put(at, to!, maskedWords(to!, addresses));
    put(at + to!.length + tab!.length, by!, maskedWords(by!, addresses));
  }
}

/** tcpdump writes a port behind a full stop, which ends no IPv6 address but one with an IPv4 address in it. */
function portApart(found: string): [address: string, port: string] {
  const [, address, port] = /^([^.]*|.*:\d+\.\d+\.\d+\.\d+)(\.\d+)$/.exec(found) ?? [];
  return address === undefined ? [found, ""] : [address, port!];
}

/** One hardware address, the client identifier of DHCP (a type before it), or as many as there are whole ones. */
function maskedRun(run: string, addresses: Addresses): string {
  const sign = run[2]!;
  const pairs = run.split(/[:-]/);
  const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  const first = pairs.length === MAC_BYTES + 1 ? 1 : 0;
  const out = [...bytes];
  for (let at = first; at + MAC_BYTES <= bytes.length; at += MAC_BYTES)
    out.splice(at, MAC_BYTES, ...addresses.mac(bytes.subarray(at, at + MAC_BYTES)));
  const isUpper = /[A-F]/.test(run);
  return out
    .map((octet, i) => {
      if (octet === bytes[i]) return pairs[i]!;
      const hex = octet.toString(16).padStart(2, "0");
      return isUpper ? hex.toUpperCase() : hex;
    })
    .join(sign);
}

/** Words of four bytes, each with its lowest byte first. */
function maskedWords(hex: string, addresses: Addresses): string {
  const turned = (bytes: Uint8Array) => {
    const out = Uint8Array.from(bytes);
    for (let at = 0; at < out.length; at += 4) out.subarray(at, at + 4).reverse();
    return out;
  };
  const bytes = turned(Buffer.from(hex, "hex"));
  return Buffer.from(turned(addresses.ip(bytes)))
    .toString("hex")
    .toUpperCase();
}
