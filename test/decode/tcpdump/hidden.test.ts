import { describe, expect, it } from "@jest/globals";
import { adapt } from "../../../src/decode/adapters.js";
import type { Event, Fields } from "../../../src/model/event.js";
import { matchTcpdump } from "../../grammars/tcpdump.js";

/** What the source of these lines does not show. */
function hiddenIn(...lines: readonly string[]): { line: number | undefined; message: string }[] {
  const adapter = adapt({ path: "dump.txt", emit: () => {} });
  lines.forEach((text, i) => {
    const { action, fields } = matchTcpdump(text)!;
    adapter.push(eventOf(action, fields, i + 1));
  });
  adapter.end();
  return adapter.problems().map(({ line, message }) => ({ line, message }));
}

const eventOf = (action: string, fields: Fields, line: number): Event => ({
  source: 0,
  line,
  offset: line * 100,
  length: 99,
  time: 0,
  ns: 0,
  latest: 0,
  action,
  category: "network",
  fields,
});

const ASKED = "03:46:28.346667 IP 10.0.0.5.40000 > 10.0.0.1.53: 47344+ A? a.test. (24)";
const QUIET = "03:46:28.346667 IP 10.0.0.5.40000 > 10.0.0.1.53: UDP, length 24";

describe("what tcpdump's text does not show", () => {
  it("is nothing, as a rule", () => {
    expect(hiddenIn(ASKED, QUIET.replace(".1.53", ".1.123"), "0 packets dropped by kernel")).toEqual([]);
  });

  it("is DNS, with -q", () => {
    const [problem, ...others] = hiddenIn(ASKED, QUIET, QUIET);
    expect(problem).toMatchObject({ line: 2 });
    expect(problem!.message).toMatch(/DNS messages of 2 packets .*tcpdump -q.*collect without -q/);
    expect(others).toEqual([]);
  });

  it("is DNS no more where the bytes are dumped", () => {
    const dump = [
      "\t0x0000:  4500 0034 0007 0000 4011 66bb 0a00 0005",
      "\t0x0010:  0a00 0001 9c40 0035 0020 0000 b8f0 0100",
      "\t0x0020:  0001 0000 0000 0000 0161 0474 6573 7400",
      "\t0x0030:  0001 0001",
    ].join("\n");
    expect(hiddenIn(`${QUIET}\n${dump}`)).toEqual([]);
  });

  it("is the time, with -t", () => {
    const [problem] = hiddenIn(ASKED.slice(16), ASKED.slice(16));
    expect(problem!.message).toMatch(/^2 packets have no time \(tcpdump -t\).*-tttt/);
  });

  it("is what was dropped", () => {
    const [problem] = hiddenIn(ASKED, "12 packets dropped by kernel");
    expect(problem).toMatchObject({ line: 2 });
    expect(problem!.message).toMatch(/^12 packets were dropped while capturing/);
  });
});
