/** IPv4 arithmetic on unsigned 32-bit numbers. IPv6 is passed over: masquerading containers is an IPv4 affair. */

/** An IPv4 subnet: `base` has its host bits cleared, `bits` is the prefix length, 0…32. */
export interface Subnet {
  base: number;
  bits: number;
}

/** An IPv4 address as a number, `undefined` when the text is none. */
export function parseIPv4(text: string): number | undefined {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (octet < 0 || ++dots > 3) return undefined;
      value = value * 256 + octet;
      octet = -1;
    } else {
      if (code < 48 || code > 57) return undefined;
      octet = Math.max(octet, 0) * 10 + code - 48;
      if (octet > 255) return undefined;
    }
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : undefined;
}

/** `10.12.10.0/24` (host bits may be set; no length means one host), `undefined` when the text is none. */
export function parseSubnet(text: string): Subnet | undefined {
  const slash = text.indexOf("/");
  const address = parseIPv4(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = slash < 0 ? 32 : prefixLength(text.slice(slash + 1));
  return bits === undefined ? undefined : { base: maskTo(address, bits), bits };
}

function prefixLength(text: string): number | undefined {
  if (/^[0-9]{1,2}$/.test(text)) return Number(text) <= 32 ? Number(text) : undefined;
  const mask = parseIPv4(text);
  if (mask === undefined) return undefined;
  const bits = 32 - Math.log2(2 ** 32 - mask);
  return Number.isInteger(bits) ? bits : undefined;
}

/** Clears the host bits. */
export function maskTo(address: number, bits: number): number {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) * size;
}

/** Whether the address lies in the subnet. */
export function contains(subnet: Subnet, address: number): boolean {
  return maskTo(address, subnet.bits) === subnet.base;
}

/** The subnet as text. */
export function formatSubnet({ base, bits }: Subnet): string {
  return (
    [base / 2 ** 24, base / 2 ** 16, base / 2 ** 8, base].map((part) => Math.floor(part) % 256).join(".") +
    "/" +
    bits
  );
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  (text) => parseSubnet(text)!,
);
const SPECIAL = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(
  (text) => parseSubnet(text)!,
);

/** Addresses that must not be seen outside their own network (RFC 1918, RFC 6598). */
export function isPrivate(address: number): boolean {
  return PRIVATE.some((subnet) => contains(subnet, address));
}

/** Loopback, link-local, multicast, broadcast, "this host": never forwarded by a router. */
export function isSpecial(address: number): boolean {
  return SPECIAL.some((subnet) => contains(subnet, address));
}
