import { describe, expect, it } from "@jest/globals";
import { compileGrammars, formatProblem } from "../../src/grammar/compile.js";
import { runSamples } from "../../src/grammar/samples.js";
import { grammarFile, matchTcpdump, recordsOf } from "./tcpdump.js";

describe("the tcpdump grammar", () => {
  it("is safe: every shape can be read in one way only", () => {
    expect(compileGrammars([grammarFile]).problems.map(formatProblem)).toEqual([]);
  });

  it("does what its samples say", () => {
    const failed = runSamples([grammarFile]).filter((sample) => !sample.ok);
    expect(failed.map((sample) => sample.problem && formatProblem(sample.problem))).toEqual([]);
  });

  it("keeps the lines of a packet together, and packets with relative times apart", () => {
    const text = [
      "03:50:48.296836 IP (tos 0x0, ttl 64, id 7497, offset 0, flags [DF], proto UDP (17), length 58)",
      "    10.12.10.42.44738 > 192.168.55.53.53: 40790+ A? ok2.lab.test. (30)",
      "\t0x0000:  4500 003a 1d49 4000 4011 1168 0a0c 0a2a  E..:.I@.@..h...*",
      " 00:00:00.000120 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64",
      " 00:00:00.000009 IP 10.0.0.2 > 10.0.0.1: ICMP echo reply, id 1, seq 1, length 64",
      "E..T....@.&.",
      "2 packets captured",
      "",
    ].join("\n");
    expect(recordsOf(text).map((r) => r.line)).toEqual([1, 4, 5, 7]);
    expect(recordsOf(text).map((r) => matchTcpdump(r.text)?.action)).toEqual([
      "packet.ip",
      "packet.ip",
      "packet.ip",
      "capture.marker",
    ]);
  });

  it("answers hostile lines: an expression that went back over them would not come to an end", () => {
    const heads = [
      "03:50:48.296836 IP ",
      "03:50:48.296836 ",
      "",
      "03:50:48.296836 eth0 In IP (tos ",
      "ARP, Request who-has ",
    ];
    const pumps = [
      "a ",
      "1.1.1.1 > ",
      ") ",
      "\n    ",
      "(hlim 1, ",
      "a:a:",
      "IP6 ",
      ", length 1: ",
      "00:00:00:00:00:00 ",
    ];
    for (const head of heads)
      for (const pump of pumps)
        expect(() => matchTcpdump(head + pump.repeat(60_000 / pump.length))).not.toThrow();
  });
});
