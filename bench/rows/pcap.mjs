import { pcap as make } from "../corpora/pcap.mjs";

const FIELDS = [
  "frame.time_epoch",
  "ip.src",
  "ip.dst",
  "dns.id",
  "dns.flags.response",
  "dns.qry.name",
  "dns.flags.rcode",
  "dns.a",
];

/** DNS and TCP on Ethernet. tshark runs once: it takes minutes. */
export function pcap(bench) {
  const bytes = bench.bytes(500);
  const file = make(bench.file("br0", bytes, ".pcap"), bytes);
  const fields = FIELDS.flatMap((field) => ["-e", field]);
  const printed = `${file}.txt`;
  const contenders = [
    bench.analyze(file),
    ...bench.shell(
      "tcpdump -nr, to a file",
      ["tcpdump"],
      `tcpdump -nr "${file}" > "${printed}" && rm "${printed}"`,
    ),
    ...bench.peer("tshark -T fields, once", "tshark", ["-n", "-r", file, "-T", "fields", ...fields], 1),
  ];
  const [ours, ...peers] = bench.race("capture of DNS and TCP", bytes, contenders);
  const named = (name) => peers.find((peer) => peer.name.startsWith(name));
  bench.atLeast("capture of DNS and TCP, against tshark -T fields", 20, named("tshark"), ours);
  bench.atLeast("capture of DNS and TCP, against tcpdump -nr to a file", 8, named("tcpdump"), ours);
}
