import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { analyze, type Report } from "../../src/index.js";

const TRACE = path.join(import.meta.dirname, "../../fixtures/incidents/docker-bad-dns/docker-daemon.strace");

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sets-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** What `strace -f -o FILE` wrote as `strace -ff` would have written it: the lines of each thread, calls whole. */
function perThread(text: string): Map<string, string[]> {
  const threads = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, thread, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (thread === undefined) continue;
    const lines = threads.get(thread) ?? [];
    threads.set(thread, lines);
    const resumed = /^\S+ <\.\.\. \w+ resumed>\s?(.*)$/.exec(rest!);
    const begun = open.get(thread);
    if (resumed && begun !== undefined) {
      lines[begun] += resumed[1]!;
      open.delete(thread);
    } else if (rest!.endsWith("<unfinished ...>")) {
      open.set(thread, lines.push(rest!.slice(0, -"<unfinished ...>".length).trimEnd()) - 1);
    } else lines.push(rest!);
  }
  // A call that never came back.
  for (const [thread, at] of open) threads.get(thread)![at] += " <unfinished ...>";
  return threads;
}

/** What was found, but for what counts the files themselves. */
const told = ({ findings }: Report) =>
  findings
    .filter(({ rule }) => rule !== "time-basis-guessed")
    .map(({ rule, summary }) => `${rule}: ${summary}`)
    .sort();

describe("a trace in one file for each thread", () => {
  it("tells what the same trace in one file tells", async () => {
    const text = fs.readFileSync(TRACE, "latin1");
    const [one, many] = [path.join(dir, "one"), path.join(dir, "many")];
    fs.mkdirSync(one);
    fs.mkdirSync(many);
    fs.writeFileSync(path.join(one, "daemon.strace"), text, "latin1");
    const threads = perThread(text);
    for (const [thread, lines] of threads)
      fs.writeFileSync(path.join(many, `daemon.${thread}`), `${lines.join("\n")}\n`, "latin1");
    expect(threads.size).toBeGreaterThan(1);
    const whole = await analyze([one]);
    const set = await analyze([many]);
    expect(told(whole).length).toBeGreaterThan(0);
    expect(told(set)).toEqual(told(whole));
    // Which calls change nothing shows in the set's order: those that are left unread for it are like those that are read.
    const read = await analyze([many], { prefilter: false });
    expect([read.findings, read.sources]).toEqual([set.findings, set.sources]);
    expect(set.sources).toHaveLength(threads.size);
    for (const { records, unparsed } of set.sources) {
      expect(records).toBeGreaterThan(0);
      expect(unparsed).toBe(0);
    }
  });

  it("follows a socket that one thread opened and another one waits on", async () => {
    const folder = path.join(dir, "shared");
    fs.mkdirSync(folder);
    const write = (thread: number, lines: string[]) =>
      fs.writeFileSync(path.join(folder, `web.${thread}`), `${lines.join("\n")}\n`);
    const address = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';
    write(100, [
      '10:00:00.000000 execve("/usr/bin/web", ["web"], 0x7ffd /* 9 vars */) = 0',
      "10:00:00.100000 socket(AF_INET, SOCK_DGRAM|SOCK_NONBLOCK, IPPROTO_IP) = 7",
      `10:00:00.100100 connect(7, ${address}, 16) = 0`,
      "10:00:00.100200 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM}, 88) = 101",
      "10:00:09.000000 exit_group(1) = ?",
    ]);
    write(101, [
      '10:00:00.200000 sendto(7, "\\33\\1\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\3web\\7example\\0\\0\\1\\0\\1", 29, MSG_NOSIGNAL, NULL, 0) = 29',
      "10:00:00.200100 poll([{fd=7, events=POLLIN}], 1, 5000) = 0 (Timeout)",
      "10:00:05.206000 close(7) = 0",
      "10:00:05.207000 exit(0) = ?",
    ]);
    const report = await analyze([folder]);
    expect(report.findings.map(({ rule }) => rule)).toContain("dns-timeout");
  });

  it("is none where files only look so: each stays on its own", async () => {
    const folder = path.join(dir, "rotated");
    fs.mkdirSync(folder);
    for (const number of [1, 2])
      fs.writeFileSync(
        path.join(folder, `app.log.${number}`),
        `2026-03-02T10:00:0${number}Z level=info msg="begin"\n`,
      );
    const report = await analyze([folder]);
    expect(report.sources.map(({ records }) => records)).toEqual([1, 1]);
  });
});
