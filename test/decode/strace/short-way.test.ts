import { describe, expect, it } from "@jest/globals";
import { CALL_RULES } from "../../../src/decode/strace/need.js";
import { StraceTracker } from "../../../src/decode/strace/tracker.js";
import type { RowTaker } from "../../../src/decode/text/late.js";
import { type UnreadRows, UnreadWriter } from "../../../src/decode/text/unread.js";
import type { Event } from "../../../src/model/event.js";
import { createScanner } from "../../../src/scan/create.js";
import { FACTS } from "../../../src/scan/facts.js";
import { rounds } from "../../rounds.js";
import { generator } from "../../timeline/settler/traffic.js";
import { SERVER, WEB } from "./lines.js";
import { records } from "./trace.js";

const scanner = createScanner([], { capacity: 1 << 20 });
scanner.knowCalls(CALL_RULES);

const NAME = "\\10registry\\7example\\3net\\0";
const octal = (id: number) =>
  [id >> 8, id & 255].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
const asking = (id: number, type = "\\1") =>
  `"${octal(id)}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${NAME}\\0${type}\\0\\1"`;
const answering = (id: number, flags = "\\201\\200", type = "\\1") =>
  `"${octal(id)}${flags}\\0\\1\\0\\1\\0\\0\\0\\0${NAME}\\0${type}\\0\\1"...`;

type Random = (below: number) => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)]!;

/** The calls of a look-up, often as the C library makes them, and sometimes otherwise. */
function lookUp(random: Random): string[] {
  const fd = 3 + random(5);
  const id = 300 + random(5);
  const odd = random(3) === 0;
  const one = <T>(usual: T, ...others: T[]): T => (odd && random(4) === 0 ? pick(random, others) : usual);
  const peer = pick(random, ["NULL, NULL", `${SERVER}, [28 => 16]`]);
  const calls = [
    one(
      `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = ${fd}`,
      `socket(AF_UNIX, SOCK_STREAM, 0) = ${fd}`,
    ),
    one(
      `connect(${fd}, ${SERVER}, 16) = 0`,
      `connect(${fd}, ${WEB}, 16) = 0`,
      `connect(${fd}, ${SERVER}, 16) = -1 ENETUNREACH (x)`,
    ),
    `poll([{fd=${fd}, events=POLLOUT}], 1, 0) = 1 ([{fd=${fd}, revents=POLLOUT}])`,
    one(
      `sendto(${fd}, ${asking(id)}, 38, MSG_NOSIGNAL, NULL, 0) = 38`,
      `sendto(${fd}, ${asking(id, "\\34")}, 38, MSG_NOSIGNAL, NULL, 0) = 38`,
      `sendto(${fd}, ${asking(id)}, 38, MSG_NOSIGNAL, NULL, 0 <unfinished ...>`,
      `sendto(${fd}<UDP:[10.0.0.2:4000->192.0.2.53:53]>, ${asking(id)}, 38, MSG_NOSIGNAL, NULL, 0) = 38`,
      `write(${fd}, ${asking(id)}, 38) = 38`,
    ),
    one(
      `poll([{fd=${fd}, events=POLLIN}], 1, 5000) = 1 ([{fd=${fd}, revents=POLLIN}])`,
      `poll([{fd=${fd}, events=POLLIN}], 1, 5000) = 0 (Timeout)`,
    ),
    one(
      `recvfrom(${fd}, ${answering(id)}, 2048, 0, ${peer}) = 54`,
      `recvfrom(${fd}, ${answering(id, "\\201\\202")}, 2048, 0, ${peer}) = 54`,
      `recvfrom(${fd}, ${answering(id + 1)}, 2048, 0, ${peer}) = 54`,
      `recvfrom(${fd}, ${answering(id, "\\201\\200", "\\34")}, 2048, 0, ${peer}) = 54`,
      `recvfrom(${fd}, 0xc000, 2048, 0, ${peer}) = -1 EAGAIN (Resource temporarily unavailable)`,
    ),
    one(`close(${fd}) = 0`, `close(${fd}) = -1 EBADF (Bad file descriptor)`, `close(${fd + 1}) = 0`),
  ];
  if (odd && random(3) === 0) calls.splice(random(calls.length), 1);
  return calls;
}

const NOISE = [
  (n: number) => `close(${n}) = 0`,
  (n: number) => `read(${n}, 0xc000, 512) = -1 EAGAIN (Resource temporarily unavailable)`,
  (n: number) => `write(${n}, "abc", 3 <unfinished ...>`,
  () => "<... write resumed>) = 3",
  (n: number) => `epoll_wait(${n}, [], 128, 5000) = 0`,
  (n: number) => `poll([{fd=${n}, events=POLLIN}], 1, 5000) = 0 (Timeout)`,
  (n: number) => `fcntl(${n}, F_SETFL, O_RDWR|O_NONBLOCK) = 0`,
  (n: number) => `fcntl(${n}, F_DUPFD_CLOEXEC, 0) = ${n + 1}`,
  () => "clone(flags=CLONE_VM|CLONE_FILES|CLONE_THREAD) = 9",
  () => "clone(flags=CLONE_VM|CLONE_FILES|CLONE_THREAD <unfinished ...>",
  () => "clone(flags=CLONE_VM|SIGCHLD <unfinished ...>",
  () => "clone3({flags=CLONE_VM, exit_signal=SIGCHLD <unfinished ...>",
  (n: number) => `<... clone resumed>, tls=0x7f0d278) = ${n + 4}`,
  () => "<... clone resumed>) = -1 EAGAIN (Resource temporarily unavailable)",
  (n: number) => `<... clone3 resumed>, flags=CLONE_FILES}, 88) = ${n + 4}`,
  () => "+++ exited with 0 +++",
];

/** A trace of some threads whose calls come in each other's way; the later, the less is known of its order. */
function trace(seed: number): string {
  const random = generator(seed);
  const threads = Array.from({ length: 1 + random(3) }, (_, i) => ({ id: 7 + i, left: [] as string[] }));
  const noise = pick(random, [0, 3, 30]);
  const backwards = seed % 7 === 0 ? 150 : 0;
  const spans = seed % 3 !== 0;
  const lines: string[] = [];
  let us = 36_000_000_000;
  for (let n = 0; n < 500; n++) {
    const thread = pick(random, threads);
    if (thread.left.length === 0) {
      if (random(noise + 10) < noise) thread.left.push(pick(random, NOISE)(3 + random(6)));
      else thread.left.push(...lookUp(random));
    }
    // Most look-ups are made without a break.
    for (let more = random(5) > 0; thread.left.length > 0; more = more && random(20) > 0) {
      us += 20 + random(400);
      const at = backwards > 0 && n > backwards && random(8) === 0 ? us - 90_000_000 : us;
      const time =
        new Date(Math.floor(at / 1000)).toISOString().slice(11, 23) + String(at % 1000).padStart(3, "0");
      const text = thread.left.shift()!;
      const span = spans && text.includes(" = ") ? ` <0.0000${10 + random(80)}>` : "";
      lines.push(`${thread.id} ${time} ${text}${span}`);
      if (!more) break;
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The records of a text that are left unread, with what a scanner notes of them. */
function rowsOf(text: string): { rows: UnreadRows; left: Event[] } {
  const bytes = Buffer.from(text, "latin1");
  const writer = new UnreadWriter();
  const left: Event[] = [];
  const facts: number[] = [];
  for (const record of records(text, true)) {
    const line = bytes.subarray(record.offset, record.offset + record.length);
    scanner.bytes.set(line);
    scanner.findEnds(line.length);
    if (scanner.findOdd(0, 1) === 0) continue;
    facts.push(...scanner.facts.subarray(0, FACTS));
    writer.add(0, record.offset, record.length, line);
    left.push(record);
  }
  const rows = writer.take()!;
  return { rows: { ...rows, texts: Buffer.from(rows.texts), facts: Int32Array.from(facts) }, left };
}

/** What the tracker makes of a trace whose rows are offered to it; `read`: how many it had read. */
function offered(text: string, shortly: boolean): { events: Event[]; read: number } {
  const events: Event[] = [];
  const tracker = new StraceTracker((event) => events.push(event), 0);
  const { rows, left: all } = rowsOf(text);
  const stamped: number[] = [];
  const taker: RowTaker = {
    stamp: (_rows, row) => {
      stamped.push(row);
      return all[row]!.time;
    },
    eventAt: (_rows, row, action, category, fields) => ({ ...all[row]!, action, category, fields }),
  };
  let read = 0;
  for (let row = 0; row < all.length; row++) {
    row = tracker.passOver(rows, row, all.length, shortly ? taker : undefined);
    if (row === all.length) break;
    read++;
    tracker.push(all[row]!);
  }
  tracker.end();
  expect(stamped).toEqual([...new Set(stamped)].sort((a, b) => a - b));
  return { events, read };
}

describe("look-ups that are followed from their rows", () => {
  it("tell what they tell when they are followed call by call", () => {
    let spared = 0;
    for (let seed = 1; seed <= rounds(20); seed++) {
      const text = trace(seed);
      const thorough = offered(text, false);
      const short = offered(text, true);
      expect({ seed, events: short.events }).toEqual({ seed, events: thorough.events });
      spared += thorough.read - short.read;
    }
    expect(spared).toBeGreaterThan(800);
  });
});
