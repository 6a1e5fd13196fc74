import { describe, expect, it } from "@jest/globals";
import { Command, CommanderError } from "commander";
import { type ClockFlags, clockOptions } from "../../src/cli/clock-flags.js";

/** What a command with these options makes of them. */
function flagsOf(...args: string[]): ClockFlags {
  const command = clockOptions(new Command("any")).argument("[path...]").exitOverride();
  command.configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: "user" }).opts<ClockFlags>();
}

describe("options about clocks", () => {
  it("compare clocks unless told not to", () => {
    expect(flagsOf()).toEqual({ align: true });
    expect(flagsOf("--no-align")).toEqual({ align: false });
  });

  it("collect offsets in the order in which they are told", () =>
    expect(flagsOf("--offset", "web1/access.log=+3.2", "--offset=*.pcap=-1h30m", "folder").offset).toEqual([
      { pattern: "web1/access.log", seconds: 3.2 },
      { pattern: "*.pcap", seconds: -5400 },
    ]));

  it("name the clock that times are told in, a zone and a year", () =>
    expect(flagsOf("--reference", "host.pcap", "--tz", "+03:00", "--year", "2016")).toMatchObject({
      reference: "host.pcap",
      tz: "+03:00",
      year: 2016,
    }));

  it.each([
    [["--offset", "access.log"], /write it like web1\/access\.log=\+3\.2/],
    [["--offset", "access.log=soon"], /what its stamps are ahead by/],
    [["--year", "16"], /four digits/],
  ])("refuse %j, and say how to write it", (args, message) => {
    expect(() => flagsOf(...args)).toThrow(CommanderError);
    expect(() => flagsOf(...args)).toThrow(message);
  });
});
