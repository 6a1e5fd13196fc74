import { canonicalIp } from "./ip.js";
import { ones, prefixLength } from "./mask.js";

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
    const bits = length ?? six ?? maskLength(mask ?? old) ?? hexLength(hex);
    found.push(bits === undefined ? ip : `${ip}/${bits}`);
  }
  return found.length > 0 ? found : undefined;
}

function maskLength(mask: string | undefined): number | undefined {
  return mask === undefined ? undefined : prefixLength(mask);
}

function hexLength(mask: string | undefined): number | undefined {
  return mask === undefined ? undefined : ones(Number.parseInt(mask, 16));
}
