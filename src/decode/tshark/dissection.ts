/** Display-filter names that {@link dissectedPacket} asks for, dots written as underscores, as `-T ek` has them. */
const KNOWN: ReadonlySet<string> = new Set([
  "arp_dst_proto_ipv4",
  "arp_opcode",
  "arp_src_hw_mac",
  "arp_src_proto_ipv4",
  "dns_a",
  "dns_aaaa",
  "dns_count_answers",
  "dns_flags",
  "dns_flags_rcode",
  "dns_flags_response",
  "dns_id",
  "dns_qry_name",
  "dns_qry_type",
  "dns_time",
  "eth_dst",
  "eth_src",
  "frame_interface_name",
  "frame_time",
  "frame_time_epoch",
  "frame_time_relative",
  "frame_time_utc",
  "icmp_code",
  "icmp_ident",
  "icmp_mtu",
  "icmp_seq",
  "icmp_type",
  "icmpv6_code",
  "icmpv6_echo_identifier",
  "icmpv6_echo_sequence_number",
  "icmpv6_mtu",
  "icmpv6_type",
  "ip_dst",
  "ip_frag_offset",
  "ip_id",
  "ip_len",
  "ip_proto",
  "ip_src",
  "ip_ttl",
  "ipv6_dst",
  "ipv6_fraghdr_nxt",
  "ipv6_hlim",
  "ipv6_nxt",
  "ipv6_plen",
  "ipv6_src",
  "sll_ifindex",
  "sll_pkttype",
  "sll_src_eth",
  "tcp_ack",
  "tcp_ack_raw",
  "tcp_dstport",
  "tcp_flags",
  "tcp_len",
  "tcp_seq",
  "tcp_seq_raw",
  "tcp_srcport",
  "udp_dstport",
  "udp_length",
  "udp_srcport",
]);

/** More of one field's values than any packet of interest has. */
const MOST_VALUES = 64;

/**
 * What tshark dissected of one packet: the values of its fields by their display-filter names (`dns.qry.name`), in the order in
 * which they stand in the packet. All of tshark's outputs are brought into this form.
 */
export class Dissection {
  private readonly values = new Map<string, string[]>();

  /** Adds a value. Names are those of any output: `ip.src`, and `ip_ip_src` of `-T ek`. Others than the known ones are passed over. */
  add(name: string, value: string): void {
    const key = canonical(name);
    if (!KNOWN.has(key)) return;
    const list = this.values.get(key);
    if (!list) this.values.set(key, [value]);
    else if (list.length < MOST_VALUES) list.push(value);
  }

  /** The first value of a field, or the one at `index`: those behind the first belong to a quoted packet or a tunnel. */
  text(name: string, index = 0): string | undefined {
    return this.values.get(name)?.[index];
  }

  /** All values of a field. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** A number, decimal or (`0x…`) hexadecimal. */
  number(name: string, index = 0): number | undefined {
    const text = this.text(name, index);
    if (text === undefined || !/^(?:\d{1,15}|0x[0-9a-f]{1,8})$/i.test(text)) return undefined;
    return Number(text);
  }

  /** A flag: `1`, `true` and `True` are set, `0`, `false` and `False` are not. */
  flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    return text === "1" || text === "true" ? true : text === "0" || text === "false" ? false : undefined;
  }
}

/** `ip.src` and `ip_ip_src` are `ip_src`. */
function canonical(name: string): string {
  const flat = name.replaceAll(".", "_");
  const layer = flat.slice(0, flat.indexOf("_") + 1);
  return layer !== "" && flat.startsWith(layer, layer.length) ? flat.slice(layer.length) : flat;
}
