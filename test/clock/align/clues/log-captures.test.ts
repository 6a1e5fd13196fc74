import fs from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { accessLog } from "../../../../src/clock/align/clues/access-log.js";
import { clueKinds } from "../../../../src/clock/align/clues/index.js";
import { kernelLines } from "../../../../src/clock/align/clues/kernel-lines.js";
import { logLines } from "../../../../src/clock/align/clues/log-lines.js";
import { type Compared, cluesOf, compare, type Told } from "./looked.js";

const captures = "../shared/captures";
const withCaptures = fs.existsSync(captures) ? describe : describe.skip;

const files = (folder: string, names: readonly string[]) =>
  names.map((name) => `${captures}/${folder}/${name}`);

const of = (told: readonly Told[], name: string): Told => told.find(({ path }) => path.endsWith(name))!;

/** The happenings that would contradict this true offset, in seconds. */
const against = (offset: number, { each }: Compared) =>
  each.filter(({ min, max }) => offset < min || offset > max);

withCaptures("clues from logs on evidence whose truth is known", () => {
  it("bounds the clocks of dnsmasq, nginx and dockerd by a capture and traces of the same host", async () => {
    const told = await cluesOf(
      files("e-skew-control", [
        "dnsmasq.log",
        "docker.log",
        "host_any.pcap",
        "nginx_access.log",
        "nginx_access_ms.log",
        "docker-daemon.1-dns-timeout-fallback.strace",
      ]),
      clueKinds,
    );
    const pairs: [string, string, number, number][] = [
      ["dnsmasq.log", "host_any.pcap", 8, 1.1],
      ["nginx_access.log", "host_any.pcap", 5, 1.1],
      ["nginx_access_ms.log", "host_any.pcap", 5, 1.1],
      ["docker.log", "docker-daemon.1-dns-timeout-fallback.strace", 8, 0.001],
    ];
    for (const [a, b, shared, widest] of pairs) {
      const compared = compare(of(told, a), of(told, b));
      expect([a, against(0, compared)]).toEqual([a, []]);
      expect(compared.shared).toBeGreaterThanOrEqual(shared);
      expect(compared.max - compared.min).toBeLessThan(widest);
    }
  });

  it("finds the same log 17 s behind, and the capture 1.25 s ahead, where they were moved", async () => {
    const told = await cluesOf(
      files("e-skew-dev", ["dnsmasq.log", "host_any.pcap", "nginx_access.log"]),
      clueKinds,
    );
    const capture = of(told, "host_any.pcap");
    // How far the log is ahead of the capture.
    for (const [name, offset] of [
      ["nginx_access.log", -18.25],
      ["dnsmasq.log", -1.25],
    ] as const) {
      const compared = compare(capture, of(told, name));
      expect([name, against(-offset, compared)]).toEqual([name, []]);
      expect(compared.max - compared.min).toBeLessThan(1.1);
    }
  });

  it("has a journal in step with itself in every mode, with its copies and with the daemon's own log", async () => {
    const folder = `${captures}/f-journald/out`;
    // Spans since boot have no date; lines without any stamp have no clock.
    const dated = fs.readdirSync(folder).filter((name) => !/monotonic|delta|_cat|compose/.test(name));
    const told = await cluesOf(files("f-journald/out", dated), [logLines, kernelLines], { year: 2026 });
    const wrong: string[] = [];
    let shared = 0;
    for (const [i, a] of told.entries()) {
      for (const b of told.slice(i + 1)) {
        const compared = compare(a, b);
        for (const { key } of against(0, compared)) wrong.push(`${a.path} ${b.path} ${key}`);
        shared += compared.shared;
      }
    }
    expect(wrong).toEqual([]);
    expect(shared).toBeGreaterThan(10_000);
  });

  it("has two prints of the kernel's ring buffer in step", async () => {
    const told = await cluesOf(
      files("f-journald/out", ["journalctl_kernel_monotonic.txt", "journalctl_short-monotonic.txt"]),
      [logLines, kernelLines],
    );
    const compared = compare(told[0]!, told[1]!);
    expect(compared.shared).toBeGreaterThan(30);
    expect(against(0, compared)).toEqual([]);
  });

  it("has a question of docker's resolver leave after its line", async () => {
    const told = await cluesOf(files("k-dns-refused", ["dockerd.log", "host_any.pcap"]), clueKinds);
    const compared = compare(of(told, "dockerd.log"), of(told, "host_any.pcap"));
    expect(compared.each.map(({ key }) => key.split(" ")[0])).toContain("dns.asked.sent");
    expect(against(0, compared)).toEqual([]);
    expect(compared.min).toBeGreaterThan(-0.001);
  });

  it("knows no request twice that a registry's two logs tell of", async () => {
    const told = await cluesOf(files("k-registry-auth-401", ["registry.log", "journalctl_u_docker.txt"]), [
      accessLog,
    ]);
    const clues = [...of(told, "registry.log").clues.values()].flat();
    const lines = clues.map(({ key, record }) => `${key} ${record.line}`);
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
