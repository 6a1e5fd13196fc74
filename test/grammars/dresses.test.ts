import { describe, expect, it } from "@jest/globals";
import { eventsOf } from "./shipped.js";

/** The event that a line gives, without what its envelope adds. */
function told(line: string, fields: readonly string[]): unknown {
  const [event, ...others] = eventsOf(line);
  expect(others).toEqual([]);
  return [event?.action, ...fields.map((name) => event?.fields[name])];
}

const NGINX =
  '2026/11/22 05:46:16 [error] 29#29: *290 connect() failed (111: Connection refused) while connecting to upstream, client: 10.40.7.21, server: registry.example, request: "GET /v2/ HTTP/1.1", upstream: "http://127.0.0.1:5000/v2/", host: "registry.example"';
const HTTPD =
  "[Sun Nov 22 12:39:01.023489 2026] [proxy:error] [pid 1654:tid 1682] (111)Connection refused: AH00957: http: attempt to connect to 192.0.2.80:5000 (192.0.2.80:5000) failed";
const HAPROXY =
  '192.0.2.7:37656 [22/Nov/2026:12:39:01.145] fe_http dead/d1 0/0/-1/-1/3003 503 217 - - sC-- 1/1/0/0/3 0/0 "GET /v2/ HTTP/1.1"';
const UNBOUND = "SERVFAIL <ext.example.org. A IN>: exceeded the maximum number of sends";
const NAMED =
  "client @0x7fce79ef6098 192.0.2.7#41046 (a.other.test): query failed (timed out) for a.other.test/IN/A at query.c:7916";
const DNSMASQ = "19 192.0.2.7/49461 reply docker.corp.test is 192.0.2.80";

describe("a server's words, whoever wrote them down", () => {
  it.each<[string, string, string[], readonly string[], unknown]>([
    [
      "nginx: its own file, a journal, docker logs -t, compose",
      NGINX,
      [
        NGINX,
        `Nov 22 05:46:16 web1 nginx[29]: ${NGINX}`,
        `2026-11-22T05:46:16.070746832Z ${NGINX}`,
        `web_1  | ${NGINX}`,
      ],
      ["error.kind", "source.ip", "url.original", "upstream.url"],
      ["http.error", "refused", "10.40.7.21", "/v2/", "http://127.0.0.1:5000/v2/"],
    ],
    [
      "Apache's httpd: its own file, docker logs -t",
      HTTPD,
      [HTTPD, `2026-11-22T05:46:16.070746832Z ${HTTPD}`],
      ["error.kind", "event.code", "log.level"],
      ["http.error", "refused", "AH00957", "error"],
    ],
    [
      "haproxy: standard output, syslog on the wire, a syslog file",
      HAPROXY,
      [
        HAPROXY,
        `<142>Nov 22 12:39:04 haproxy[1658]: ${HAPROXY}`,
        `Nov 22 12:39:04 lb1 haproxy[1658]: ${HAPROXY}`,
      ],
      ["error.kind", "source.ip", "url.original", "http.response.status_code", "haproxy.backend"],
      ["http.access", "timeout", "192.0.2.7", "/v2/", 503, "dead"],
    ],
    [
      "unbound: its own file in three clocks, a journal",
      UNBOUND,
      [
        `[1795349617] unbound[10480:0] error: ${UNBOUND}`,
        `Nov 22 12:13:37 unbound[10480:0] error: ${UNBOUND}`,
        `2026-11-22T12:13:37.123+00:00 unbound[10480:0] error: ${UNBOUND}`,
        `Nov 22 12:13:37 ns1 unbound[10480]: [10480:0] error: ${UNBOUND}`,
      ],
      ["error.kind", "dns.question.name"],
      ["dns.error", "servfail", "ext.example.org"],
    ],
    [
      "BIND: its own file, a journal, a container's log",
      NAMED,
      [
        `22-Nov-2026 12:15:09.985 query-errors: info: ${NAMED}`,
        `22-Nov-2026 12:15:09.985 ${NAMED}`,
        `Nov 22 12:15:09 ns1 named[811]: ${NAMED}`,
        `Nov 22 12:15:09 ns1 named[811]: query-errors: info: ${NAMED}`,
        `bind9  | 22-Nov-2026 12:15:09.985 ${NAMED}`,
      ],
      ["error.kind", "dns.question.name", "source.ip"],
      ["dns.error", "servfail", "a.other.test", "192.0.2.7"],
    ],
    [
      "dnsmasq: standard error, its own file, a journal, compose",
      DNSMASQ,
      [
        `dnsmasq[1]: ${DNSMASQ}`,
        `Nov 22 12:15:09 dnsmasq[811]: ${DNSMASQ}`,
        `Nov 22 12:15:09 gw1 dnsmasq[811]: ${DNSMASQ}`,
        `dns_1  | dnsmasq[1]: ${DNSMASQ}`,
      ],
      ["dns.question.name", "dns.resolved_ip", "resolver.answer_from"],
      ["resolver.answer", "docker.corp.test", ["192.0.2.80"], "server"],
    ],
  ])("%s", (_, __, lines, fields, expected) => {
    expect(lines.map((line) => told(line, fields))).toEqual(lines.map(() => expected));
  });
});

describe("words that look like another program's", () => {
  it("a maven build is no CoreDNS, a Tomcat no BIND, a list no curl -v", () => {
    const lines = [
      "22-Nov-2026 03:52:32.123 SEVERE [main] org.apache.catalina.core.StandardService.initInternal Failed",
      "* an item of a list",
      "Server: nginx/1.22.1",
      "[WARNING]  (1658) : Server none/n1 is DOWN, reason: Layer4 timeout",
    ];
    const formats = lines.map((line) => eventsOf(line)[0]?.fields["event.dataset"]);
    for (const wrong of ["dns", "curl"]) expect(formats).not.toContain(wrong);
  });
});
