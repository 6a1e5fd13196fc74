import type { Description } from "./types.js";

/** A query for registry.test from 192.0.2.7, in Ethernet, alone in a capture: bytes in base64. */
const latin1 = (...base64: readonly string[]) => Buffer.from(base64.join(""), "base64").toString("latin1");

export const captureFormats: readonly Description[] = [
  {
    name: "pcap",
    title: "packet captures of libpcap (.pcap)",
    area: "packets",
    file: "src/decode/packet/",
    about:
      "Packets as they were on the wire, with times in µs or ns, of Ethernet, Linux cooked (v1 and v2), raw IP and loopback devices; IP, ICMP, TCP, UDP, ARP and DNS are read.",
    commands: ["tcpdump -i any -w FILE.pcap"],
    sample: latin1(
      "1MOyoQIABAAAAAAAAAAAAAAABAABAAAAmGUCa88DCABJAAAASQAAAAJCCgwKAQJCCgwKKggARQAAOxJnQABAEaQOwAACB8AA",
      "AjWcuwA1ACcAADI3AQAAAQAAAAAAAAhyZWdpc3RyeQR0ZXN0AAABAAE=",
    ),
  },
  {
    name: "pcapng",
    title: "packet captures of Wireshark and dumpcap (.pcapng)",
    area: "packets",
    file: "src/decode/packet/",
    about:
      "The same packets with the names of their interfaces, comments and drop counters; each interface has its own clock's resolution.",
    commands: ["dumpcap -i any -w FILE.pcapng", "tshark -i any -w FILE.pcapng"],
    sample: latin1(
      "Cg0NChwAAABNPCsaAQAAAP//////////HAAAAAEAAAAgAAAAAQAAAAAABAACAAQAZXRoMAAAAAAgAAAABgAAAGwAAAAAAAAA",
      "1WAGAM+ZulJJAAAASQAAAAJCCgwKAQJCCgwKKggARQAAOxJnQABAEaQOwAACB8AAAjWcuwA1ACcAADI3AQAAAQAAAAAAAAhy",
      "ZWdpc3RyeQR0ZXN0AAABAAEAAABsAAAA",
    ),
  },
];
