import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { eventsOf, readText } from "./shipped.js";

const log = readFileSync(new URL("fixtures/v1-fallback.log", import.meta.url), "utf8").trimEnd();
const lines = log.split("\n");
const dressed = (prefix: (i: number) => string) => lines.map((line, i) => prefix(i) + line).join("\n");
const actions = (text: string) => eventsOf(text).map((event) => event.action);

/** A pull whose v2 request is cancelled and whose v1 request knows no such tag. */
const STORY = [
  "registry.request_begin",
  "registry.attempt",
  "registry.v2_error",
  "http.error",
  "registry.attempt",
  "registry.v1_call",
  "registry.status",
  "registry.stop",
  "registry.not_found",
  "registry.request_end",
  "registry.not_found",
];

describe("one wording, many dresses", () => {
  it.each<[string, string]>([
    ["dockerd's own output", log],
    ["journalctl", dressed(() => "Nov 22 06:52:32 corpdev1 docker[27065]: ")],
    ["journalctl --no-hostname", dressed(() => "Nov 22 06:52:32 docker[27065]: ")],
    ["journalctl -o short-iso", dressed(() => "2026-11-22T06:52:32+0300 corpdev1 docker[27065]: ")],
    ["journalctl -o short-unix", dressed(() => "1795319552.525443 corpdev1 docker[27065]: ")],
    [
      "journalctl -o with-unit",
      dressed(() => "Sun 2026-11-22 06:52:32 MSK corpdev1 docker.service[27065]: "),
    ],
    ["journalctl -o short-monotonic", dressed((i) => `[ 1060.00021${i % 10}] corpdev1 docker[27065]: `)],
    ["RFC 5424", dressed(() => "<30>1 2026-11-22T03:52:32.525263Z corpdev1 docker 27065 - - ")],
    ["RFC 3164", dressed(() => "<30>Nov  2 03:52:32 corpdev1 docker[27065]: ")],
    ["docker logs -t", dressed(() => "2026-11-22T03:52:32.525263616Z ")],
    ["docker compose logs", dressed(() => "dockerd_1  | ")],
    ["a paste with a blank before each line", dressed(() => " Nov 22 06:52:32 corpdev1 docker[27065]: ")],
    ["Windows line ends", dressed(() => "Nov 22 06:52:32 corpdev1 docker[27065]: ").replaceAll("\n", "\r\n")],
  ])("%s", (_, text) => {
    expect(actions(text)).toEqual(STORY);
  });

  it("keeps the facts through all layers", () => {
    const events = eventsOf(dressed(() => "Nov 22 06:52:32 corpdev1 docker[27065]: "));
    const error = events.find((event) => event.action === "registry.v2_error")!;
    expect(error.category).toBe("network");
    expect(error.fields).toMatchObject({
      "@timestamp.kind": "rfc3339",
      "event.dataset": "docker.registry",
      "host.hostname": "corpdev1",
      "process.name": "docker",
      "log.level": "debug",
      "registry.version": "v2",
      "registry.host": "docker.moscow.corp.test",
      "error.kind": "cancelled-while-connecting",
      "error.message":
        "Get http://docker.moscow.corp.test/v2/: net/http: request canceled while waiting for connection",
    });
  });

  it("reads the terminal's story too: only a v1 pull says 'Pulling repository'", () => {
    const events = eventsOf(
      "$ docker pull registry.example/a:1\nPulling repository registry.example/a\nError: image a:1 not found",
    );
    expect(events.map(({ action, fields }) => [action, fields["registry.version"]])).toEqual([
      ["shell.command", undefined],
      ["registry.attempt", "v1"],
      ["registry.not_found", undefined],
    ]);
  });
});

describe("errors inside errors", () => {
  const journal = (message: string) =>
    `Nov 22 06:52:32 corpdev1 dockerd[1]: time="2026-11-22T03:52:32Z" level=error msg=${JSON.stringify(message)}`;

  it("tells who failed, in what request, and why", () => {
    const text = journal(
      'Handler for POST /v1.41/images/create returned error: Get "https://registry.example/v2/": dial tcp: lookup registry.example on 10.0.0.53:53: read udp 10.0.0.2:4111->10.0.0.53:53: i/o timeout',
    );
    const events = eventsOf(text);
    expect(events.map((event) => event.action)).toEqual([
      "registry.request_end",
      "registry.v2_error",
      "dns.error",
    ]);
    expect(events[0]!.fields).toMatchObject({ "registry.host": "registry.example", "error.kind": "timeout" });
    expect(events[2]!.fields).toMatchObject({
      "dns.question.name": "registry.example",
      "dns.server.ip": "10.0.0.53",
      "source.port": 4111,
      "error.kind": "timeout",
    });
  });

  it.each([
    ["connect: connection refused", "refused", "ECONNREFUSED"],
    ["connect: no route to host", "no-route", "EHOSTUNREACH"],
    ["i/o timeout", "timeout", undefined],
  ])("%s", (words, kind, code) => {
    const events = eventsOf(
      journal(
        `Error getting v2 registry: Get "https://registry.example/v2/": dial tcp 10.60.0.30:443: ${words}`,
      ),
    );
    const connect = events.find((event) => event.action === "socket.connect")!;
    expect(connect.fields).toMatchObject({
      "destination.ip": "10.60.0.30",
      "destination.port": 443,
      "error.kind": kind,
    });
    expect(connect.fields["error.code"]).toBe(code);
  });

  it("understands an error that a ticket wrapped over six lines", () => {
    const events = eventsOf(
      [
        "Error response from daemon: invalid registry endpoint ",
        "    https://registry.example/v0/: unable to ping registry endpoint ",
        "    https://registry.example/v0/",
        "v2 ping attempt failed with error: Get https://registry.example/v2/: ",
        "    dial tcp: lookup registry.example on 172.20.10.1:53: ",
        "    read udp 172.20.10.1:53: i/o timeout",
      ].join("\n"),
    );
    expect(events.at(-1)).toMatchObject({
      action: "dns.error",
      fields: { "dns.server.ip": "172.20.10.1", "error.kind": "timeout" },
    });
  });

  it("reads the embedded resolver's server from beside the message", () => {
    const events = eventsOf(
      String.raw`Oct 27 21:48:02 node dockerd[741]: time="2023-10-27T21:48:02.896730544+07:00" level=error msg="[resolver] failed to query external DNS server" client-addr="udp:172.18.0.3:44544" dns-server="udp:192.168.1.1:53" error="read udp 172.18.0.3:44544->192.168.1.1:53: i/o timeout" question=";registry.example.\tIN\t A"`,
    );
    expect(events).toMatchObject([
      {
        action: "dns.error",
        fields: {
          "dns.server.ip": "192.168.1.1",
          "dns.question.name": "registry.example",
          "error.kind": "timeout",
        },
      },
    ]);
  });
});

describe("near-misses", () => {
  it.each([
    [
      "the Engine API's version is no registry's",
      'time="2026-11-22T03:52:32Z" level=info msg="GET /v1.18/images/search?term=python"',
    ],
    ["a healthy daemon", 'time="2026-11-22T03:52:32Z" level=debug msg="Calling GET /v1.41/info"'],
    [
      "a program's own bridge of words",
      "Nov 22 06:52:32 web nginx[1]: brtest: port 2(veth0) entered forwarding state",
    ],
  ])("%s", (_, text) => {
    expect(actions(text)).toEqual([]);
  });

  it("claims nothing of prose", () => {
    const read = readText(Buffer.from("We looked at the host.\nNothing was found there.\nThe end.\n"));
    expect(read.format).toBeUndefined();
  });
});

describe("words that stand anywhere in a text", () => {
  it("do not take it from the shape that reads the whole and hands on the rest", () => {
    const line =
      'time="2026-03-02T10:00:05.5Z" level=debug msg="Error getting v2 registry: Get https://hub.example.net/v2/: dial tcp: lookup hub.example.net: Temporary failure in name resolution"';
    const found = actions(line);
    expect(found).toEqual(expect.arrayContaining(["registry.v2_error", "dns.error"]));
  });
});

describe("an error of the proxy", () => {
  it.each([
    ["on the way to a registry", "https://hub.example.net/v2/", ["registry.v2_error", "proxy.error"]],
    ["on any other way", "https://auth.example.net/token", ["http.error", "proxy.error"]],
  ])("is told once, beside the request that met with it, or by the request alone: %s", (_, url, told) => {
    const dial = "proxyconnect tcp: dial tcp 192.0.2.40:3128: connect: connection refused";
    expect(actions(`Error response from daemon: Get "${url}": ${dial}`)).toEqual([...told, "socket.connect"]);
    expect(actions(`Error response from daemon: Get "${url}": Proxy Authentication Required`)).toEqual(told);
    expect(actions(`Error response from daemon: Get "${url}": Forbidden`)).toEqual(told.slice(0, 1));
  });
});
