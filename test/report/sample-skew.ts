import type { ClockInfo, ClockPair } from "../../src/model/clock.js";
import type { Event } from "../../src/model/event.js";
import type { ReportInput } from "../../src/report/document.js";
import { at, clock, finding, input, record, source } from "./samples.js";

/** A record on a clock that was corrected by so many seconds, give or take. */
function moved(event: Event, ahead: number, within = 0): Event {
  return {
    ...event,
    stamped: event.time,
    time: event.time - (ahead + within) * 1e6,
    latest: event.latest - (ahead - within) * 1e6,
  };
}

const pair = (own: Event, other: Event, min: number, max: number): ClockPair => ({
  own,
  other,
  offset: { min, max },
});

const second = (time: string): [number, number] => [at(time), at(time) + 999_999];

/** Clocks of all kinds: one ahead, one behind, one in step, one set midway, one without stamps, one that shares nothing. */
export function skew(): ReportInput {
  const span = { from: at("00:52:20"), to: at("00:53:10") };
  const paths = [
    "web1/docker.log",
    "web1/host_any.pcap",
    "proxy/nginx_access.log",
    "web1/dnsmasq.log",
    "web1/vm.pcap",
    "web1/client.strace",
    "db/mysqld.log",
    "db/boot.log",
    "web1/resolv.conf",
  ];
  const asked = record(
    0,
    4,
    at("00:52:37.526690"),
    "registry.v2_error",
    'msg="Error getting v2 registry: …"',
    699,
  );
  const packet = moved(
    record(
      1,
      11,
      at("00:52:38.786016"),
      "dns.query",
      "ifindex 91 Out IP 172.28.55.39.41300 > 172.28.1.20.53: 2+ A? docker.moscow.corp.test.",
    ),
    1.25,
    0.0004,
  );
  const request = moved(
    record(
      2,
      2,
      second("00:52:20"),
      "http.request",
      '172.28.55.39 - - [22/Nov/2026:00:52:20 +0000] "GET /v1/repositories/org-payments-front/tags/v0.17.0 HTTP/1.1" 404 25',
    ),
    -17,
    0.45,
  );
  const answered = record(
    0,
    8,
    at("00:52:37.545646"),
    "registry.status",
    'msg="Got status code 404 from http://docker.moscow.corp.test/v1/…"',
    603,
  );
  const logged = record(
    3,
    6,
    second("00:52:37"),
    "dns.query",
    "Nov 22 00:52:37 dnsmasq[7695]: 1 172.28.55.39/51190 query[A] docker.moscow.corp.test from 172.28.55.39",
  );
  const before = moved(
    record(
      4,
      90,
      at("00:52:31.001200"),
      "dns.query",
      "IP 172.28.55.39.51190 > 172.28.1.15.53: 1+ A? docker.moscow.corp.test.",
    ),
    0.002,
  );
  const after = moved(
    record(
      4,
      91,
      at("00:52:29.004100"),
      "dns.answer",
      "IP 172.28.1.15.53 > 172.28.55.39.51190: 1 ServFail 0/0/0",
    ),
    -1.998,
  );
  const unstamped = record(
    5,
    104,
    [at("00:52:37.5352"), at("00:52:37.5361")],
    "dns.query",
    "sendmmsg(4, [{msg_hdr={…}], 2, MSG_NOSIGNAL) = 2",
  );
  const clocks: ClockInfo[] = [
    clock("clock-1", {
      sources: [0],
      host: "web1",
      resolution: 1e-9,
      zone: "UTC",
      standsFor: "end",
      reference: true,
      basis: "its stamps say date, time and zone",
    }),
    clock("clock-2", {
      kind: "epoch",
      sources: [1],
      resolution: 1e-6,
      standsFor: "moment",
      offset: { min: 1.2496, max: 1.2504, best: 1.25003 },
      at: at("00:52:38.786"),
      drift: 12.3e-6,
      driftBounds: [2.1e-6, 21e-6],
      matches: 14,
      toldIn: paths[0],
      shared: paths[0],
      basis: "its stamps say date, time and zone",
      proof: [pair(packet, asked, 1.2496, 1.2504), pair(packet, unstamped, 1.2495, 1.2507)],
    }),
    clock("clock-3", {
      kind: "clf",
      sources: [2],
      resolution: 1,
      standsFor: "end",
      offset: { min: -17.43, max: -16.55, best: -17 },
      matches: 9,
      toldIn: paths[0],
      shared: paths[0],
      basis: "its stamps say date, time and zone",
      proof: [pair(request, answered, -17.54, -16.54)],
    }),
    clock("clock-4", {
      kind: "syslog",
      sources: [3],
      resolution: 1,
      zone: "UTC",
      year: 2026,
      offset: { min: -0.54, max: 0.21, best: 0 },
      matches: 4,
      toldIn: paths[0],
      shared: paths[1],
      basis: "local time without a year: 2026 (the nearest to docker.log), read as UTC (--tz says otherwise)",
      proof: [pair(logged, packet, -0.54, 0.46)],
    }),
    clock("clock-5", {
      kind: "epoch",
      sources: [4],
      resolution: 1e-6,
      offset: { min: -1.99841, max: -1.99801, best: -1.9982 },
      matches: 40,
      toldIn: paths[0],
      shared: paths[1],
      basis: "its stamps say date, time and zone",
      steps: [{ at: [before.stamped!, after.stamped!], by: { min: -2.0004, max: -1.9997, best: -2 } }],
    }),
    clock("clock-6", {
      kind: "none",
      sources: [5],
      offset: null,
      matches: 24,
      toldIn: paths[0],
      shared: paths[1],
      basis: "no stamps: its order, its waits and what it shares with web1/host_any.pcap",
      proof: [pair(unstamped, packet, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)],
    }),
    clock("clock-7", { sources: [6], resolution: 1e-6, basis: "its stamps say date, time and zone" }),
    clock("clock-8", {
      kind: "monotonic",
      sources: [7],
      offset: null,
      floating: true,
      basis: "spans from an unknown beginning",
    }),
    clock("clock-9", {
      kind: "none",
      sources: [8],
      offset: null,
      basis: "it has no time stamps",
      floating: true,
    }),
  ];
  const kinds = clocks.map(({ kind }) => kind);
  return input({
    sources: paths.map((path, id) =>
      source(id, path, {
        format: path.replace(/.*\W/, ""),
        ...(id === 5 || id > 6 ? {} : span),
        stamp: kinds[id]!,
        clock: `clock-${id + 1}`,
      }),
    ),
    clocks,
    findings: [
      finding("dns-timeout-1", {
        severity: "high",
        title: "A DNS server did not answer in time",
        summary: "172.28.1.15 left 2 questions unanswered",
        evidence: [packet, asked, request, logged],
      }),
      finding("clock-stepped-1", {
        severity: "medium",
        title: "A clock was set while it was read",
        summary: "the clock of web1/vm.pcap was set back by 2.0 s",
        evidence: [before, after],
      }),
    ],
    rootCauses: ["dns-timeout-1"],
    stories: [{ root: "dns-timeout-1", chain: ["dns-timeout-1"], symptoms: [] }],
  });
}
