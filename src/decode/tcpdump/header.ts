/** What `-v` prints of the IP header. */
export interface HeaderText {
  ttl: number | undefined;
  id: number | undefined;
  /** Length of the IP packet. */
  bytes: number | undefined;
  /** IP protocol number. */
  protocol: number | undefined;
  fragmentOffset: number;
}

const NONE: HeaderText = {
  ttl: undefined,
  id: undefined,
  bytes: undefined,
  protocol: undefined,
  fragmentOffset: 0,
};

const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 44, 51, 60, 135]);

/**
 * Reads the text between the brackets behind `IP` and `IP6` (print-ip.c, print-ip6.c):
 * `0x0, ttl 64, id 7497, offset 0, flags [DF], proto UDP (17), length 58` or
 * `hlim 255, next-header ICMPv6 (58) payload length: 16`; before 4.1 `proto: UDP (17), length: 61`.
 */
export function readHeader(text: string | undefined): HeaderText {
  if (text === undefined) return NONE;
  const hop = number(text, "hlim ");
  if (hop !== undefined) {
    const payload = number(text, "length: ");
    const next = number(text, "(", text.indexOf("next-header"));
    return {
      ttl: hop,
      id: undefined,
      bytes: payload === undefined ? undefined : payload + 40,
      // Behind an extension header the protocol is not in the brackets.
      protocol: next === undefined || EXTENSIONS.has(next) ? undefined : next,
      fragmentOffset: 0,
    };
  }
  return {
    ttl: number(text, "ttl "),
    id: number(text, "id "),
    bytes: number(text, "length ") ?? number(text, "length: "),
    protocol: number(text, "(", text.indexOf("proto")),
    fragmentOffset: number(text, "offset ") ?? 0,
  };
}

/** The decimal number behind `label`. */
function number(text: string, label: string, from = 0): number | undefined {
  const at = from < 0 ? -1 : text.indexOf(label, from);
  if (at < 0) return undefined;
  const value = Number.parseInt(text.slice(at + label.length, at + label.length + 12), 10);
  return Number.isNaN(value) ? undefined : value;
}
