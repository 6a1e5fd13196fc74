import { describe, expect, it } from "@jest/globals";
import { misplaced, readText } from "../read-text.js";

// What `-A` prints of a packet are the packet's own bytes: its lines may say anything, and belong to its record.
const REQUEST =
  "05:48:26.200001 IP 10.40.9.23.40112 > 10.40.7.10.80: Flags [P.], seq 1:83, ack 1, win 502, length 82: HTTP: GET /v2/ HTTP/1.1";
const HTTP = [
  REQUEST,
  "E..z1.@.@...",
  "(\t.",
  "(...P.....r......P...!...GET /v2/ HTTP/1.1",
  "Host: registry.acme.internal",
  "User-Agent: docker/18.03.1-ce go/go1.9.5",
  "",
  "",
].join("\n");
const QUERY = [
  "05:48:26.194348 IP 10.40.9.23.42137 > 10.60.0.53.53: 43316+ [1au] AAAA? registry.acme.internal. (51)",
  "E..O.D@.@.U.",
  "(\t.",
  "<.5...5.;...4...........registry.acme.internal.......)........",
  "",
].join("\n");
const QUERY6 = [
  "05:48:27.000001 IP6 2001:db8::5.40000 > 2001:db8::1.53: 7+ A? a.test. (24)",
  "`.... .@ ..............  ............@.5. .....",
  "..........a.test.....",
  "",
].join("\n");
const ARP = [
  "05:48:28.000001 ARP, Request who-has 10.0.0.1 tell 10.0.0.5, length 28",
  "..........B.",
  "....",
  "",
  "",
];

const recordsOf = (text: string) => readText(text).records.filter((record) => record.text.trim() !== "");
const firstLines = (text: string) =>
  recordsOf(text).map((record) => record.text.slice(0, record.text.indexOf("\n") >>> 0));

describe("an ASCII dump", () => {
  it("belongs to its packet, whatever its lines say", () => {
    const text = QUERY + HTTP + QUERY6 + ARP.join("\n") + QUERY;
    const { events, reader, records } = readText(text);
    expect(misplaced(Buffer.from(text, "latin1"), records)).toEqual([]);
    expect(reader.unparsed).toBe(0);
    expect(events.map(({ action }) => action)).toEqual([
      "dns.query",
      "tcp.segment",
      "dns.query",
      "arp.request",
      "dns.query",
    ]);
  });

  it("is read the same wherever chunks are cut", () => {
    const text = QUERY + HTTP + QUERY6 + QUERY;
    const whole = readText(text).events;
    expect(whole).toHaveLength(4);
    for (let size = 1; size < 200; size += 7) expect(readText(text, size).events).toEqual(whole);
  });

  it("may have lines that begin like those of other logs", () => {
    const text = QUERY + HTTP.replace("Host: registry", "2026-11-22T05:48:26Z registry") + QUERY;
    expect(recordsOf(text)).toHaveLength(3);
  });

  it("ends where the packet's bytes must have ended", () => {
    const log =
      'Nov 22 05:48:30 corpdev1 dockerd[812]: level=info msg="a line of another log, in the same file"\n';
    const text = QUERY.repeat(6) + log.repeat(4) + QUERY;
    const strangers = recordsOf(text).filter(({ by }) => by !== "tcpdump");
    expect(strangers.length).toBeGreaterThanOrEqual(2);
  });

  it("ends before what tcpdump says when it stops", () => {
    const text = `${QUERY + QUERY}2 packets captured\n4 packets received by filter\n`;
    expect(firstLines(text).slice(2)).toEqual(["2 packets captured", "4 packets received by filter"]);
  });

  it("is none where a line only begins with the same letter", () => {
    const text = `${QUERY.split("\n")[0]}\nError response from daemon: pull access denied\n`;
    expect(recordsOf(text)).toHaveLength(2);
  });
});
