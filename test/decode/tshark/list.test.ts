import { describe, expect, it } from "@jest/globals";
import { readText } from "../read-text.js";

const HEADER = '"No.","Time","Source","Destination","Protocol","Length","Info"';
const told = (text: string) =>
  readText(text).events.map(({ action, line, fields }) => [
    line,
    action,
    fields["source.ip"],
    fields["dns.id"] ?? fields["destination.port"],
  ]);

describe("packet lists", () => {
  it("are read from Wireshark's CSV", () => {
    const rows = [
      HEADER,
      '"1","0.000000","10.0.0.5","10.0.0.1","DNS","74","Standard query 0x1234 A db.lan.test"',
      '"2","0.004000","10.0.0.1","10.0.0.5","DNS","90","Standard query response 0x1234 No such name A db.lan.test"',
      '"3","0.500000","10.0.0.5","10.0.0.9","TCP","74","40000  >  443 [SYN] Seq=0 Win=64240 Len=0 ""x"""',
    ];
    expect(told(`${rows.join("\r\n")}\r\n`)).toEqual([
      [2, "dns.query", "10.0.0.5", 0x1234],
      [3, "dns.answer", "10.0.0.1", 0x1234],
      [4, "tcp.segment", "10.0.0.5", 443],
    ]);
  });

  it("are read as old and new versions of tshark print them", () => {
    const rows = [
      "  1   0.000000     10.0.0.5 -> 10.0.0.1     DNS 74 Standard query 0x1234  A db.lan.test",
      "    2 1795319188.500000000     10.0.0.1 → 10.0.0.5     DNS 90 Standard query response 0x1234 Server failure A db.lan.test",
      "    3 2026-11-22 03:46:29.000000    fd00::5 → fd00::1      TCP 74 40000 → 443 [RST, ACK] Seq=1 Ack=1 Win=0 Len=0",
    ];
    expect(told(Buffer.from(`${rows.join("\n")}\n`).toString("latin1"))).toEqual([
      [1, "dns.query", "10.0.0.5", 0x1234],
      [2, "dns.answer", "10.0.0.1", 0x1234],
      [3, "tcp.segment", "fd00::5", 443],
    ]);
  });

  it("are read as Wireshark exports and prints them, without an arrow", () => {
    const rows = [
      "No.     Time           Source                Destination           Protocol Length Info",
      "      1 0.000000       10.0.0.5              10.0.0.1              DNS      74     Standard query 0x1234 A db.lan.test",
      "      2 0.004000       fd00::1               fd00::5               DNS      90     Standard query response 0x1234 No such name A db.lan.test",
    ];
    expect(told(`${rows.join("\n")}\n`)).toEqual([
      [2, "dns.query", "10.0.0.5", 0x1234],
      [3, "dns.answer", "fd00::1", 0x1234],
    ]);
  });

  it("are read with times in words and with the day of the year", () => {
    const rows = [
      "    1  0.000000s     10.0.0.5 → 10.0.0.1     DNS 74 Standard query 0x1234 A db.lan.test",
      "    2 1m  4.069343s     10.0.0.5 → 10.0.0.1     DNS 74 Standard query 0x1235 A db.lan.test",
    ];
    const times = (text: string) => readText(Buffer.from(text)).events.map(({ time }) => time);
    const [first, second] = times(`${rows.join("\n")}\n`);
    expect(second! - first!).toBe(64_069_343);
    expect(
      times("    1 2026/326 05:47:04.420177   10.0.0.5 → 10.0.0.1   DNS 99 Standard query 0x9b7a A a.test\n"),
    ).toEqual([Date.UTC(2026, 10, 22, 5, 47, 4) * 1000 + 420_177]);
  });

  it("are not seen in other tables and lines", () => {
    const others = [
      "1 0.5 a - b",
      "NAME TTY WHEN WHAT",
      '"No.","Name"',
      '"1","x"',
      "10 2.5 left -> right done",
      "      1 0.000000       left              right              DNS      74     words",
    ];
    expect(told(`${others.join("\n")}\n`)).toEqual([]);
  });

  it("say what was asked where multicast DNS speaks, as no question to a server", () => {
    const row =
      "    1 0.000000     10.0.0.5 → 224.0.0.251  MDNS 87 Standard query 0x0000 PTR _ipp._tcp.local";
    expect(told(Buffer.from(`${row}\n`).toString("latin1")).map(([, action]) => action)).toEqual([
      "ip.packet",
    ]);
  });
});
