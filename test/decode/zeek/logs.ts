/** Logs as Zeek writes them (docs.zeek.org, logs/{conn,dns,http,ssl,files,weird,notice}), with addresses for documentation. */

const header = (path: string, fields: string, types: string) =>
  [
    "#separator \\x09",
    "#set_separator\t,",
    "#empty_field\t(empty)",
    "#unset_field\t-",
    `#path\t${path}`,
    "#open\t2026-11-22-03-51-00",
    `#fields\t${fields.replaceAll(" ", "\t")}`,
    `#types\t${types.replaceAll(" ", "\t")}`,
  ].join("\n");

const END = "#close\t2026-11-22-04-00-00\n";
const table = (path: string, fields: string, types: string, rows: readonly string[]) =>
  `${[header(path, fields, types), ...rows.map((row) => row.replaceAll(" ", "\t").replaceAll("_", " "))].join("\n")}\n${END}`;

const ENDS = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p";
const END_TYPES = "time string addr port addr port";

/** A question that nobody answers, asked again of another server, and one that is refused. In the order of their ends. */
export const DNS = table(
  "dns",
  `${ENDS} proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected`,
  `${END_TYPES} enum count interval string count string count string count string bool bool bool bool count vector[string] vector[interval] bool`,
  [
    "1795319492.535817 CYz5pL2Yq3dKQmaBx1 172.28.55.39 44738 172.28.1.16 53 udp 47344 0.004103 docker.moscow.corp.test 1 C_INTERNET 1 A 0 NOERROR T F T T 0 alias.corp.test,192.0.2.80 60.000000,60.000000 F",
    "1795319493.000000 CAb5pL2Yq3dKQmaBx2 172.28.55.39 44739 172.28.1.16 53 udp 4711 0.000500 Gone.corp.test. 1 C_INTERNET 28 AAAA 3 NXDOMAIN F F T T 0 - - F",
    "1795319487.534000 CZz5pL2Yq3dKQmaBx0 172.28.55.39 40001 172.28.1.15 53 udp 47344 - docker.moscow.corp.test 1 C_INTERNET 1 A - - F F T F 0 - - F",
    "1795319494.000000 CMd5pL2Yq3dKQmaBx3 172.28.55.39 5353 224.0.0.251 5353 udp 0 - printer.local 1 C_INTERNET 12 PTR - - F F F F 0 - - F",
  ],
);

export const CONN = table(
  "conn",
  `${ENDS} proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents`,
  `${END_TYPES} enum string interval count count string bool bool count string count count count count set[string]`,
  [
    "1795319492.540000 Cq1iWd1dqZdJYjVLsa 172.28.55.39 40112 192.0.2.80 443 tcp ssl 0.253000 812 5120 SF T F 0 ShADadFf 12 1444 10 5648 -",
    "1795319492.600000 Cq2iWd1dqZdJYjVLsb 172.28.55.39 40113 192.0.2.81 443 tcp - 0.000538 0 0 REJ - - 0 Sr 1 60 1 40 -",
    "1795319492.700000 Cq3iWd1dqZdJYjVLsc 192.0.2.1 3 172.28.55.39 1 icmp - - - - OTH - - 0 - 1 88 0 0 (empty)",
  ],
);

export const HTTP_JSON = `${JSON.stringify({
  ts: 1795319492.7,
  uid: "Cp1iWd1dqZdJYjVLsd",
  "id.orig_h": "172.28.55.39",
  "id.orig_p": 40114,
  "id.resp_h": "192.0.2.80",
  "id.resp_p": 80,
  trans_depth: 1,
  method: "GET",
  host: "Docker.moscow.corp.test",
  uri: "/v1/_ping",
  version: "1.1",
  user_agent: "docker/1.12.6",
  request_body_len: 0,
  response_body_len: 19,
  status_code: 404,
  status_msg: "Not Found",
  tags: [],
})}\n`;

/** `_path` and times as json-streaming-logs writes them. */
export const STREAMED_JSON = [
  {
    _path: "dns",
    _write_ts: "2026-11-22T03:51:33.5Z",
    ts: "2026-11-22T03:51:33.500000Z",
    uid: "CYz5pL2Yq3dKQmaBx9",
    "id.orig_h": "172.28.55.39",
    "id.orig_p": 50000,
    "id.resp_h": "172.28.1.16",
    "id.resp_p": 53,
    proto: "udp",
    trans_id: 7,
    rtt: 0.25,
    query: "a.test",
    qclass: 1,
    qtype: 1,
    qtype_name: "A",
    rcode: 2,
    rcode_name: "SERVFAIL",
    AA: false,
    TC: false,
    RD: true,
    RA: true,
    rejected: false,
  },
  {
    _path: "ssl",
    _write_ts: "2026-11-22T03:51:34.0Z",
    ts: "2026-11-22T03:51:34.000000Z",
    uid: "CTz5pL2Yq3dKQmaBx8",
    "id.orig_h": "172.28.55.39",
    "id.orig_p": 50001,
    "id.resp_h": "192.0.2.80",
    "id.resp_p": 443,
    version: "TLSv12",
    server_name: "registry.test",
    resumed: false,
    established: false,
    last_alert: "unknown_ca",
    validation_status: "self signed certificate",
  },
]
  .map((row) => `${JSON.stringify(row)}\n`)
  .join("");

export const OTHERS = [
  table("weird", `${ENDS} name addl notice peer`, `${END_TYPES} string string bool string`, [
    "1795319492.800000 Cw1iWd1dqZdJYjVLse 172.28.55.39 40115 192.0.2.80 80 bad\\x5fTCP\\x5fchecksum - F worker",
  ]),
  table("notice", `${ENDS} note msg src dst p`, `${END_TYPES} enum string addr addr port`, [
    "1795319492.900000 - - - - - SSL::Invalid\\x5fServer\\x5fCert certificate_has_expired 172.28.55.39 192.0.2.80 443",
  ]),
  table(
    "files",
    "ts fuid tx_hosts rx_hosts conn_uids source duration mime_type filename seen_bytes total_bytes",
    "time string set[addr] set[addr] set[string] string interval string string count count",
    [
      "1795319493.000000 FR6ccL1ejEsDmrmHS4 192.0.2.80 172.28.55.39 Cp1iWd1dqZdJYjVLsd HTTP 0.010000 text/plain - 19 -",
    ],
  ),
  table("ntp", `${ENDS} version mode`, `${END_TYPES} count count`, [
    "1795319493.100000 Cn1iWd1dqZdJYjVLsf 172.28.55.39 123 192.0.2.123 123 4 3",
  ]),
] as const;
