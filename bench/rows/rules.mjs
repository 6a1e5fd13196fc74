import { journal } from "../corpora/journal.mjs";
import { pcap } from "../corpora/pcap.mjs";
import { rule, variant } from "../variant.mjs";

/** Questions of every kind that rules ask; of `n` each copy asks for something else. */
const QUERIES = [
  (n) => [
    `network where event.action == "dns.leg" and dns.outcome == "timeout" and dns.question.name == "svc-${n}.prod.example.net"`,
    "dns.server.ip",
  ],
  (n) => [
    `network where event.action == "dns.leg" and dns.response_code == "ServFail" and cidrMatch(dns.server.ip, "198.51.${n}.0/24")`,
    "dns.server.ip",
  ],
  (n) => [
    `sequence by dns.question.name with maxspan=5s [network where event.action == "dns.leg" and dns.outcome == "timeout" and dns.server.ip == "198.51.100.${n}"] [network where event.action == "dns.leg" and dns.outcome == "late"]`,
    "dns.question.name",
  ],
  (n) => [
    `any where event.action == "registry.status" and http.response.status_code == ${400 + n} and registry.host == "registry.example.net"`,
    "registry.host",
  ],
  (n) => [
    `any where event.action == "registry.attempt" and registry.version == "v1" and registry.repository : "*app-${n}"`,
    "registry.host",
  ],
  (n) => [
    `any where event.action == "registry.pull" and registry.fallback == true and registry.repository : "*/app-${n}"`,
    "registry.host",
  ],
];

function rulesFor(count) {
  const files = {};
  for (let n = 0; n < count; n++) {
    const id = `bench-${n}`;
    const [eql, groupBy] = QUERIES[n % QUERIES.length](Math.floor(n / QUERIES.length));
    files[`${id}.yaml`] = rule(id, eql, groupBy);
  }
  return files;
}

/** Ten times as many rules over evidence that all of them ask about. */
export function rules(bench) {
  const few = variant(bench.tree, { rules: rulesFor(6) });
  const many = variant(bench.tree, { rules: rulesFor(60) });
  const [text, packets] = [bench.bytes(1000), bench.bytes(500)];
  const corpora = [
    [
      "docker journal, 5 % of the lines decoded",
      text,
      journal(bench.file("journal-decoded-5", text, ".log"), text, { decoded: 0.05 }),
    ],
    ["capture of DNS and TCP", packets, pcap(bench.file("br0", packets, ".pcap"), packets)],
  ];
  for (const [title, bytes, file] of corpora) {
    const [of60, of6] = bench.race(`60 rules against 6: ${title}`, bytes, [
      bench.analyze(file, { name: "hindcast analyze, 60 rules", hindcast: many }),
      bench.analyze(file, { name: "hindcast analyze, 6 rules", hindcast: few }),
    ]);
    bench.atMost(`60 rules against 6: ${title}`, 1.3, of60, of6);
  }
}
