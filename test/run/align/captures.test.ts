import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../../src/clock/infer.js";
import type { Inferred } from "../../../src/clock/inferred.js";
import { grammars } from "../../../src/grammar/generated.js";
import { SECOND_US } from "../../../src/model/calendar.js";
import { alignClocks } from "../../../src/run/align/align.js";
import { findFiles } from "../../../src/run/found.js";
import { observations } from "../../../src/run/hosts.js";
import { survey, toolboxOf } from "../../../src/run/survey.js";
import { type Shift, shiftedAccessLog, shiftedCapture, shiftedTrace, unstampedTrace } from "./shifted.js";

const captures = "../shared/captures";
const withCaptures = fs.existsSync(captures) ? describe : describe.skip;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shifted-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const toolbox = toolboxOf(grammars);

/** The clocks of these files after they were put together, by name. */
async function aligned(files: Record<string, Buffer>): Promise<Map<string, Inferred>> {
  const dir = fs.mkdtempSync(path.join(folder, "case-"));
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), content);
  const found = await findFiles([dir], undefined);
  try {
    const surveyed = [];
    for (const [id, file] of found.files.entries()) surveyed.push(await survey(file, id, toolbox));
    const clocks = inferClocks(observations(surveyed, found.links), {});
    await alignClocks(surveyed, clocks, { toolbox, wanted: undefined, prefilter: true }, {});
    return new Map(surveyed.map(({ source }) => [path.basename(source.path), clocks.get(source.id)!]));
  } finally {
    found.close();
  }
}

const TRACE = "docker-daemon.1-dns-timeout-fallback.strace";
const asItIs: Shift = (content) => content;
const read = (name: string) => fs.readFileSync(`${captures}/${name}`);

/**
 * All four pulls on one clock, but for what is shifted: seconds by file. A shifted trace comes without the log that it shows being written:
 * no clock can do that to one of them alone.
 */
function shiftedPulls(shifts: Record<string, number>): Record<string, Buffer> {
  const shift = (name: string): Shift => {
    const seconds = shifts[name];
    if (seconds === undefined) return asItIs;
    if (name.endsWith(".pcap")) return shiftedCapture(Math.round(seconds * SECOND_US));
    if (name.endsWith(".strace")) return shiftedTrace(Math.round(seconds * SECOND_US));
    return shiftedAccessLog(seconds);
  };
  const names = ["docker.log", "dnsmasq.log", "host_any.pcap", "nginx_access.log", TRACE, "resolv.conf"];
  const chosen = names.filter((name) => name !== "docker.log" || shifts[TRACE] === undefined);
  return Object.fromEntries(chosen.map((name) => [name, shift(name)(read(`e-skew-control/${name}`))]));
}

/** Sources of sub-millisecond stamps, with the number of events from which on their bounds are narrow. */
const NARROW_S = 0.001;
const WHOLE_SECONDS_S = 1.1;
const isWhole = (name: string) => /access|dnsmasq/.test(name);

withCaptures("clocks that were shifted on purpose", () => {
  const cases: Record<string, number>[] = [
    {},
    { "host_any.pcap": 1.25, "nginx_access.log": -17 },
    { "host_any.pcap": -0.004321, "nginx_access.log": 3 },
    { "host_any.pcap": 9.7, [TRACE]: 0.75 },
    { "host_any.pcap": -7.5 },
    { [TRACE]: -12.000001, "nginx_access.log": 9 },
  ];
  it.each(cases)("are found within proven bounds: %j s", async (shifts) => {
    const clocks = await aligned(shiftedPulls(shifts));
    const [reference] = [...clocks].find(([, { clock }]) => clock.reference)!;
    let told = 0;
    for (const [name, { clock }] of clocks) {
      if (clock.kind === "none" || clock.matches === 0) continue;
      const truth = (shifts[name] ?? 0) - (shifts[reference] ?? 0);
      const { min, max } = clock.offset!;
      expect([name, min <= truth + 1e-6 && truth - 1e-6 <= max, min, truth, max]).toEqual([
        name,
        true,
        min,
        truth,
        max,
      ]);
      const widest = isWhole(name) || isWhole(reference) ? WHOLE_SECONDS_S : NARROW_S;
      if (clock.matches >= 5) expect([name, max - min <= widest, max - min]).toEqual([name, true, max - min]);
      told++;
    }
    expect(told).toBe(shifts[TRACE] === undefined ? 5 : 4);
  });

  it("are cut where they were set: the records on both sides are told", async () => {
    const STEP_S = 2.5;
    const stepped = read("a-dns-blackhole/tcpdump/read_any_tttt.txt")
      .toString("latin1")
      .replace(/^2026-11-22 (\d\d:\d\d):(\d\d\.\d{6})/gm, (stamp, minutes: string, seconds: string) => {
        const at = Number(seconds) + STEP_S;
        if (minutes < "03:46" || Number(seconds) < 38 || at >= 60) return stamp;
        return `2026-11-22 ${minutes}:${at.toFixed(6).padStart(9, "0")}`;
      })
      // What comes in the next minute is left out: its stamps would have to be carried over.
      .replace(/^2026-11-22 03:4[7-9]:[\s\S]*/m, "");
    const clocks = await aligned({
      "any.pcap": read("a-dns-blackhole/any.pcap"),
      "tcpdump.txt": Buffer.from(stepped, "latin1"),
    });
    const { steps } = clocks.get("tcpdump.txt")!.clock;
    expect(steps).toHaveLength(1);
    expect(steps![0]!.by.min).toBeLessThanOrEqual(STEP_S);
    expect(steps![0]!.by.max).toBeGreaterThanOrEqual(STEP_S);
    expect(steps![0]!.by.max - steps![0]!.by.min).toBeLessThanOrEqual(NARROW_S);
  });

  it("are left as they are, where nothing is shared", async () => {
    const clocks = await aligned({
      "journal.txt": Buffer.from(
        "2026-11-22T03:52:32+0000 node-1 systemd[1]: Started Session 12 of user root.\n",
      ),
      "host_any.pcap": read("e-skew-control/host_any.pcap"),
    });
    for (const { clock, completion } of clocks.values()) {
      expect(clock.matches).toBe(0);
      expect(completion.correction).toBeUndefined();
    }
  });
});

withCaptures("a trace without stamps beside a capture of the same look-ups", () => {
  const traces = ["tt", "f_tt_T", "s32", "node_lookup"];
  it.each(traces)("is placed where it was, to a few milliseconds at its questions: %s", async (name) => {
    const { content, times } = unstampedTrace(read(`a-dns-blackhole/strace/${name}.strace`));
    const clocks = await aligned({
      "any.pcap": read("a-dns-blackhole/any.pcap"),
      "client.strace": content,
    });
    const { placed } = clocks.get("client.strace")!.completion;
    const day = Date.UTC(2026, 10, 22) * 1000;
    const lines = content.toString("latin1").split("\n");
    let questions = 0;
    for (const [i, time] of times.entries()) {
      if (time === undefined) continue;
      const { earliest, latest } = placed!.interval(i + 1);
      // An unknown beginning is no claim.
      if (earliest > day + time || latest < day + time)
        throw new Error(`line ${i + 1} was at ${day + time}, not in ${earliest}..${latest}: ${lines[i]}`);
      if (!/^\d* *(?:sendmmsg|sendto)\(\d+, .*docker\\6moscow/.test(lines[i]!)) continue;
      questions++;
      expect(latest - earliest).toBeLessThanOrEqual(5_000);
    }
    expect(questions).toBeGreaterThanOrEqual(2);
  });
});
