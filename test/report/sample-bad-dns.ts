import type { ReportInput } from "../../src/report/document.js";
import { at, clock, finding, input, record, source } from "./samples.js";

/** A dead first name server, the daemon's v2 request given up, v1 asked instead, "tag not found" at the end. */
export function badDns(): ReportInput {
  const query = record(
    0,
    104,
    [at("00:52:27.4"), at("00:52:27.52")],
    "dns.query",
    'sendmmsg(5, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\\3237\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\6docker\\6mosc"..., iov_len=41}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=41}], 2, MSG_NOSIGNAL) = 2',
  );
  const wait = record(
    0,
    105,
    [at("00:52:27.4"), at("00:52:27.52")],
    "dns.wait_timeout",
    "poll([{fd=5, events=POLLIN}], 1, 5000)  = 0 (Timeout)",
  );
  const packet = record(
    1,
    3,
    at("00:52:27.521204"),
    "dns.query",
    "00:52:27.521204 eth0  Out IP 172.28.55.39.44301 > 172.28.1.15.53: 54071+ A? docker.moscow.corp.test. (41)",
  );
  const packetAgain = record(
    1,
    9,
    at("00:52:29.221204"),
    "dns.query",
    "00:52:29.221204 eth0  Out IP 172.28.55.39.51022 > 172.28.1.15.53: 54071+ A? docker.moscow.corp.test. (41)",
  );
  const v2 = record(
    2,
    12,
    at("00:52:32.525263"),
    "registry.v2_error",
    'Nov 22 03:52:32 dev1 dockerd[812]: time="2026-11-22T03:52:32.525263649+03:00" level=error msg="Error trying v2 registry: Get https://docker.moscow.corp.test/v2/: net/http: request canceled while waiting for connection"',
    649,
  );
  const v1 = record(
    2,
    13,
    at("00:52:32.525301"),
    "registry.attempt",
    'Nov 22 03:52:32 dev1 dockerd[812]: time="2026-11-22T03:52:32.525301112+03:00" level=debug msg="Trying to pull docker.moscow.corp.test/builder from https://docker.moscow.corp.test v1"',
    112,
  );
  const status = record(
    3,
    1,
    [at("00:52:37"), at("00:52:37.999999")],
    "http.access",
    '172.28.55.39 - - [22/Nov/2026:03:52:37 +0300] "GET /v1/repositories/builder/tags/1.4 HTTP/1.1" 404 29 "-" "docker/1.10.3"',
  );
  const notFound = record(
    2,
    21,
    at("00:52:37.530118"),
    "registry.not_found",
    'Nov 22 03:52:37 dev1 dockerd[812]: time="2026-11-22T03:52:37.530118+03:00" level=error msg="Not continuing with error: Tag 1.4 not found in repository docker.moscow.corp.test/builder"',
  );
  const span = { from: at("00:52:20"), to: at("00:53:10") };
  return input({
    sources: [
      source(0, "client.strace", {
        format: "strace",
        records: 412,
        parsed: 412,
        stamp: "none",
        clock: "client.strace",
      }),
      source(1, "eth0.txt", {
        format: "tcpdump",
        records: 1840,
        parsed: 1838,
        unparsed: 2,
        ...span,
        clock: "eth0.txt",
      }),
      source(2, "journal.txt", { format: "journal-short", records: 96, parsed: 96, ...span, clock: "dev1" }),
      source(3, "registry/access.log", {
        format: "nginx-access",
        records: 14,
        parsed: 14,
        ...span,
        stamp: "clf",
        clock: "registry",
      }),
    ],
    clocks: [
      clock("eth0.txt", {
        kind: "hms",
        sources: [1],
        basis: "the date and the zone come from the journal, by shared events",
        matches: 2,
      }),
      clock("dev1", { sources: [2], reference: true, basis: "its own stamps in UTC+03:00" }),
      clock("registry", {
        kind: "clf",
        sources: [3],
        offset: { min: -0.61, max: 0.39, best: -0.11 },
        matches: 6,
        basis: "its requests are the daemon's",
      }),
      clock("client.strace", {
        kind: "none",
        sources: [0],
        matches: 4,
        offset: null,
        basis: "no stamps: placed by its questions in eth0.txt",
      }),
    ],
    findings: [
      finding("dns-timeout-1", {
        severity: "high",
        title: "A DNS server did not answer in time",
        summary:
          "172.28.1.15 left 4 questions for docker.moscow.corp.test unanswered; each look-up waited 5 s for it",
        confidence: 0.954,
        count: 4,
        evidence: [query, wait, packet, packetAgain],
        entities: { "dns.server.ip": ["172.28.1.15"], "dns.question.name": ["docker.moscow.corp.test"] },
        remediation: [
          "Take 172.28.1.15 out of /etc/resolv.conf, or put a server that answers first.",
          "Until then, `options timeout:1` shortens every look-up's wait.",
        ],
        verify: [
          "dig +time=2 +tries=1 @172.28.1.15 docker.moscow.corp.test: it must answer in milliseconds.",
        ],
      }),
      finding("registry-v1-fallback-1", {
        severity: "medium",
        title: "The daemon gave up the v2 registry and asked the v1 one",
        summary: "v2 of docker.moscow.corp.test was given up: request canceled while waiting for connection",
        causedBy: ["dns-timeout-1"],
        evidence: [v2, v1],
      }),
      finding("registry-tag-not-found-1", {
        severity: "low",
        title: "The registry said that the tag does not exist",
        summary: "v1 answered 404 for builder:1.4, which only v2 holds",
        confidence: 0.8,
        causedBy: ["registry-v1-fallback-1"],
        evidence: [status, notFound],
      }),
      finding("dns-slow-1", {
        severity: "low",
        title: "Look-ups were slow",
        summary: "7 look-ups took 5.0 s or longer",
        count: 7,
        evidence: [packetAgain],
      }),
    ],
    rootCauses: ["dns-timeout-1"],
    stories: [
      {
        root: "dns-timeout-1",
        chain: ["dns-timeout-1", "registry-v1-fallback-1", "registry-tag-not-found-1"],
        symptoms: ["registry-tag-not-found-1"],
      },
    ],
    missing: [
      {
        what: "the daemon's own look-ups",
        why: "only the client was traced; that the daemon waited for the same server follows from the times, not from its calls",
        command:
          "strace -f -tt -T -s 128 -e trace=network,poll,epoll_wait -p $(pidof dockerd) -o dockerd.strace",
      },
    ],
  });
}
