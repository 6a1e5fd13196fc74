import { canonicalIp } from "./ip.js";

/**
 * One address of an interface, up to where its length stands: `ip` prints a peer's before the length that both share, `ifconfig` a
 * mask not far behind.
 */
const ADDRESS =
  /(?:^|\s)inet6? (?:addr: ?)?([0-9a-fA-F.:]+)(?: peer [0-9a-fA-F.:]+)?(?:\/(\d{1,3})|[^\n\\]{0,80}?(?: netmask (?:0x([0-9a-f]{8})|([\d.]+))| prefixlen (\d{1,3})|Mask:([\d.]+)))?/g;

/** An address as `ip -br address` lists them. */
const BRIEF = /(?:^|\s)([0-9a-fA-F.:]+)(?: peer [0-9a-fA-F.:]+)?\/(\d{1,3})(?!\S)/g;

/**
 * The addresses in what `ip address` or `ifconfig` (net-tools of all ages, busybox, BSD) print of one interface, as `ADDR/LEN`, in
 * their order. Where no length is shown, the address stands alone.
 *
 * @param text the interface's lines
 */
export function addresses(text: string): string[] | undefined {
  const found: string[] = [];
  const matches = text.includes("inet") ? text.matchAll(ADDRESS) : text.matchAll(BRIEF);
  for (const [, address, length, hex, mask, six, old] of matches) {
    const ip = canonicalIp(address!);
    if (ip === undefined) continue;
    const bits = length ?? six ?? prefixLength(mask ?? old) ?? hexLength(hex);
    found.push(bits === undefined ? ip : `${ip}/${bits}`);
  }
  return found.length > 0 ? found : undefined;
}

/** `255.255.240.0` is 20; a mask with holes has no length. */
function prefixLength(mask: string | undefined): number | undefined {
  if (mask === undefined) return undefined;
  const octets = mask.split(".").map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet <= 255))) return undefined;
  return ones(octets.reduce((sum, octet) => sum * 256 + octet, 0));
}

function hexLength(mask: string | undefined): number | undefined {
  return mask === undefined ? undefined : ones(Number.parseInt(mask, 16));
}

/** How many ones a mask of 32 bits begins with, if it has none behind them. */
function ones(mask: number): number | undefined {
  const length = 32 - Math.log2(2 ** 32 - mask);
  return Number.isInteger(length) ? length : undefined;
}
