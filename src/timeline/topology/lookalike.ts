import { parseIPv4 } from "./addresses.js";

/**
 * Well-known public resolvers, by operator: the addresses that people type from memory.
 * Sources: the operators' own pages (Google, Cloudflare, Quad9, OpenDNS, Level 3/Lumen, Yandex, AdGuard, Neustar).
 */
const PUBLIC_RESOLVERS = [
  ["8.8.8.8", "8.8.4.4"],
  ["1.1.1.1", "1.0.0.1"],
  ["9.9.9.9", "149.112.112.112"],
  ["208.67.222.222", "208.67.220.220"],
  ["4.2.2.1", "4.2.2.2", "4.2.2.3", "4.2.2.4", "4.2.2.5", "4.2.2.6"],
  ["77.88.8.8", "77.88.8.1"],
  ["94.140.14.14", "94.140.15.15"],
  ["156.154.70.1", "156.154.71.1"],
].flat();

const KNOWN = new Set(PUBLIC_RESOLVERS);

/**
 * The well-known resolver that an address looks like a slip of, `undefined` when it looks like none: the same
 * digits with one octet changed within reach of the fingers, octets swapped, or one octet of a pair in the wrong
 * place (`4.4.4.4` for `8.8.4.4`). Private addresses and well-known resolvers themselves are never slips.
 *
 * @param address IPv4 as text; anything else gives `undefined`
 */
export function lookalikeOf(address: string): string | undefined {
  if (KNOWN.has(address) || parseIPv4(address) === undefined || isOwn(address)) return undefined;
  const octets = address.split(".");
  return PUBLIC_RESOLVERS.find((known) => isSlip(octets, known.split(".")));
}

/** Addresses of a site's own network are no mistyped public ones. */
function isOwn(address: string): boolean {
  return /^(?:10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2[0-9]|3[01])\.|^100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\./.test(
    address,
  );
}

function isSlip(typed: readonly string[], known: readonly string[]): boolean {
  const wrong = known.filter((octet, index) => typed[index] !== octet).length;
  if ([...typed].sort().join() === [...known].sort().join()) return true;
  // The known octets only, one kind of them too often: 4.4.4.4 and 8.8.8.4 for 8.8.4.4, 1.0.0.0 for 1.0.0.1.
  if (wrong <= 2 && typed.every((octet) => known.includes(octet))) return true;
  return wrong === 1 && known.some((octet, index) => typed[index] !== octet && isTypo(typed[index]!, octet));
}

/** One key too many, one too few, or two keys swapped: `88` for `8`, `11` for `1`, `22` for `222`, `212` for `221`. */
function isTypo(typed: string, known: string): boolean {
  if (typed.length === known.length) {
    return typed.length > 1 && [...typed].sort().join() === [...known].sort().join();
  }
  const [long, short] = typed.length > known.length ? [typed, known] : [known, typed];
  return (
    long.length - short.length === 1 &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  );
}
