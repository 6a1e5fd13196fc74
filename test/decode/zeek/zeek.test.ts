import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";
import { CONN, DNS, HTTP_JSON, OTHERS, STREAMED_JSON } from "./logs.js";

const SECOND = 1_000_000;
const told = (text: string, ...names: string[]) =>
  readText(text).events.map(({ action, fields }) => [action, ...names.map((name) => fields[name])]);

describe("Zeek's dns.log", () => {
  it("gives the questions and answers that the packets would have given, in order of time", () => {
    expect(told(DNS, "source.ip", "destination.ip", "dns.id", "dns.response_code")).toEqual([
      ["dns.query", "172.28.55.39", "172.28.1.15", 47344, undefined],
      ["dns.query", "172.28.55.39", "172.28.1.16", 47344, undefined],
      ["dns.answer", "172.28.1.16", "172.28.55.39", 47344, "NOERROR"],
      ["dns.query", "172.28.55.39", "172.28.1.16", 4711, undefined],
      ["dns.answer", "172.28.1.16", "172.28.55.39", 4711, "NXDOMAIN"],
      ["zeek.row", "172.28.55.39", "224.0.0.251", undefined, undefined],
    ]);
  });

  it("says when the answer came, and what it was", () => {
    const { events } = readText(DNS);
    const [, query, answer] = events;
    expect(answer!.time - query!.time).toBe(4103);
    expect(answer!.fields).toMatchObject({
      "source.port": 53,
      "destination.port": 44738,
      "dns.question.name": "docker.moscow.corp.test",
      "dns.question.type": "A",
      "dns.answers_count": 2,
      "dns.resolved_ip": ["192.0.2.80"],
      "dns.header_flags": ["AA", "RD", "RA"],
    });
    expect(query!.fields["dns.header_flags"]).toEqual(["RD"]);
    expect(events[3]!.fields["dns.question.name"]).toBe("gone.corp.test");
  });

  it("gives an answer whose question Zeek did not see by itself", () => {
    const text = DNS.replace("0.004103", "-");
    expect(told(text).slice(1, 3)).toEqual([["dns.answer"], ["dns.query"]]);
  });

  it("is the same in JSON, with the log's name or without", () => {
    const [query, answer] = readText(STREAMED_JSON).events;
    expect(answer!.time - query!.time).toBe(SECOND / 4);
    expect(answer!.fields).toMatchObject({
      "dns.id": 7,
      "dns.response_code": "SERVFAIL",
      "dns.answers_count": 0,
    });
    const nameless = STREAMED_JSON.replaceAll(/"_path":"[a-z]+","_write_ts":"[^"]+",/g, "");
    expect(told(nameless, "dns.id", "tls.client.server_name")).toEqual(
      told(STREAMED_JSON, "dns.id", "tls.client.server_name"),
    );
  });
});

describe("Zeek's other logs", () => {
  it("tell of flows with both ends, what passed and how they ended", () => {
    const { events, reader } = readText(CONN);
    expect(reader.unparsed).toBe(0);
    expect(events.map(({ action }) => action)).toEqual(["network.flow", "network.flow", "network.flow"]);
    expect(events[0]!.fields).toMatchObject({
      "source.ip": "172.28.55.39",
      "destination.port": 443,
      "network.protocol": "ssl",
      "event.duration": 253_000_000,
      "source.bytes": 812,
      "destination.packets": 10,
      "zeek.connection.state": "SF",
    });
    expect(events[1]!.fields["zeek.connection.state"]).toBe("REJ");
    expect(events[2]!.fields).toMatchObject({ "network.transport": "icmp", "icmp.type": 3, "icmp.code": 1 });
    expect(events[2]!.fields["source.port"]).toBeUndefined();
  });

  it("tell of requests as a web server's access log does", () => {
    expect(readText(HTTP_JSON).events[0]).toMatchObject({
      action: "http.access",
      fields: {
        "source.ip": "172.28.55.39",
        "http.request.method": "GET",
        "url.domain": "docker.moscow.corp.test",
        "url.original": "/v1/_ping",
        "http.response.status_code": 404,
        "http.response.body.bytes": 19,
      },
    });
  });

  it("tell of handshakes, oddities, notices, files, and of rows without a meaning of their own", () => {
    expect(
      told(STREAMED_JSON, "tls.client.server_name", "tls.established", "tls.alert", "tls.validation").at(-1),
    ).toEqual(["tls.handshake", "registry.test", false, "unknown_ca", "self signed certificate"]);
    expect(
      OTHERS.map((log) => told(log, "source.ip", "zeek.weird.name", "zeek.notice.note", "file.size")[0]),
    ).toEqual([
      ["network.weird", "172.28.55.39", "bad_TCP_checksum", undefined, undefined],
      ["network.notice", "172.28.55.39", undefined, "SSL::Invalid_Server_Cert", undefined],
      ["network.file", "192.0.2.80", undefined, undefined, 19],
      ["zeek.row", "172.28.55.39", undefined, undefined, undefined],
    ]);
  });
});

describe("a Zeek log in columns", () => {
  it("may have any separator, and Windows line ends", () => {
    const text = DNS.replaceAll("\t", "|").replace("\\x09", "\\x7c").replaceAll("\n", "\r\n");
    expect(told(text, "dns.id")).toEqual(told(DNS, "dns.id"));
  });

  it("is read the same wherever chunks are cut", () => {
    const whole = readText(DNS).events;
    for (let size = 1; size < 300; size += 23) expect(readText(DNS, size).events).toEqual(whole);
  });

  it("claims no rows behind another log's header", () => {
    const { reader, events } = readText(DNS + CONN);
    expect(events).toHaveLength(6);
    expect(reader.unparsed).toBe(3);
  });

  it("is none without names of columns", () => {
    const nameless = DNS.split("\n")
      .filter((line) => !line.startsWith("#fields"))
      .join("\n");
    const by = readText(nameless).records.map((record) => record.by ?? "nobody");
    expect(by.filter((name) => name.startsWith("zeek"))).toEqual([]);
  });
});
