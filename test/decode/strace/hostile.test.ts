import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { StraceTracker } from "../../../src/decode/strace/tracker.js";
import type { Event, Fields } from "../../../src/model/event.js";
import { fixture, of, track } from "./trace.js";

const NAMES = ["glibc-f_ttt_T_yy", "node-stderr-f", "python-alarm", "musl-servfail", "glibc-Xraw", "dig"];
const LINES = NAMES.flatMap((name) => fixture(name).split("\n")).filter((line) =>
  /socket|connect|send|recv|poll|epoll|clone|close|resumed|unfinished/.test(line),
);

/** A record that a grammar might give. */
function record(line: number, fields: Fields, action = "process.syscall"): Event {
  return {
    source: 0,
    line,
    offset: line * 80,
    length: 80,
    time: Number.NaN,
    ns: 0,
    latest: Number.NaN,
    action,
    category: "process",
    fields,
  };
}

const call = (thread: number, name: string, args: string, ret: string, tail = ""): Fields => ({
  "process.thread.id": thread,
  "strace.call": name,
  "strace.args": args,
  "strace.ret": ret,
  "strace.tail": tail,
});

/** CPU time in ms: other work on the machine does not count. */
const cpu = () => process.cpuUsage().user / 1000;

/** Pushes many records and gives how many ms that took and how much memory stays in use. */
function load(count: number, make: (i: number) => Fields): { ms: number; bytes: number } {
  const tracker = new StraceTracker(() => {});
  const started = cpu();
  for (let i = 0; i < count; i++) tracker.push(record(i, make(i)));
  const ms = cpu() - started;
  const bytes = JSON.stringify(tracker, tally()).length;
  tracker.end();
  return { ms, bytes };
}

/** Maps and sets as lists, cycles cut: the length of the JSON measures what is kept. */
function tally() {
  const seen = new WeakSet<object>();
  return (_key: string, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return 0;
    seen.add(value);
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  };
}

describe("a damaged trace", () => {
  it("never throws, and accuses only servers that it names", () => {
    const servers = new Set(["172.28.1.15", "172.28.1.16", "127.0.0.2", "127.0.0.3", "127.0.0.5"]);
    const damage = fc.record({
      line: fc.nat(),
      at: fc.nat(),
      cut: fc.nat(12),
      put: fc.constantFrom(
        "",
        " ",
        "(",
        ")",
        '"',
        "\\",
        "<",
        ">",
        "3",
        "53",
        "\t",
        "}",
        "[",
        "\u0000",
        "...",
      ),
    });
    const order = fc.array(fc.nat(LINES.length - 1), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(order, fc.array(damage, { maxLength: 20 }), (picked, damages) => {
        const lines = picked.map((index) => LINES[index]!);
        for (const { line, at, cut, put } of damages) {
          const index = line % lines.length;
          const text = lines[index]!;
          const place = at % (text.length + 1);
          lines[index] = text.slice(0, place) + put + text.slice(place + cut);
        }
        for (const wait of of(track(lines.join("\n")), "dns.wait_timeout")) {
          const server = wait.fields["destination.ip"];
          if (damages.length === 0) expect(servers.has(String(server))).toBe(true);
          expect(wait.fields["destination.port"]).toBe(53);
          expect(wait.cites?.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("that is cut anywhere gives no more waits than the whole", () => {
    const whole = fixture("glibc-late-answer");
    const most = of(track(whole), "dns.wait_timeout").length;
    for (let end = 0; end < whole.length; end += 97) {
      expect(of(track(whole.slice(0, end)), "dns.wait_timeout").length).toBeLessThanOrEqual(most);
    }
  });

  it("with nonsense in its fields is passed over", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined));
    const names = fc.constantFrom(
      "socket",
      "connect",
      "poll",
      "sendto",
      "recvfrom",
      "clone",
      "close",
      "epoll_ctl",
      "dup2",
      "restart_syscall",
      "execve",
    );
    const any = fc.record({
      "process.thread.id": value,
      "strace.call": fc.oneof(names, value),
      "strace.args": value,
      "strace.ret": value,
      "strace.tail": value,
      "strace.resumed": value,
      "strace.unfinished": value,
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (all) => {
        const tracker = new StraceTracker(() => {});
        for (const [i, fields] of all.entries()) tracker.push(record(i, fields as Fields));
        tracker.end();
      }),
      { numRuns: 300 },
    );
  });
});

describe("a trace that wants to fill the memory", () => {
  const query = '"\\0224\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\5cache\\7example\\3net\\0\\0\\1\\0\\1"';
  const to = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';
  const cases: [string, (i: number) => Fields][] = [
    ["threads without end", (i) => call(i, "socket", "AF_INET, SOCK_DGRAM, 0", String(i % 1000))],
    ["descriptors without end", (i) => call(1, "socket", "AF_INET, SOCK_DGRAM, 0", String(i))],
    [
      "questions without end on one socket",
      (i) =>
        call(
          1,
          "sendto",
          `3, ${query.replace("\\0224", `\\${(i & 255).toString(8).padStart(3, "0")}\\${((i >> 8) & 255).toString(8).padStart(3, "0")}`)}, 35, 0, ${to}, 16`,
          "35",
        ),
    ],
    [
      "questions without end on many sockets",
      (i) => call(1, "sendto", `${i}, ${query}, 35, 0, ${to}, 16`, "35"),
    ],
    [
      "forks without end",
      (i) =>
        i % 2
          ? call(Math.floor(i / 2) + 1, "fork", "", String(Math.floor(i / 2) + 2))
          : call(Math.floor(i / 2) + 1, "socket", "AF_INET, SOCK_DGRAM, 0", String(i)),
    ],
    [
      "duplicates without end",
      (i) =>
        i === 0 ? call(1, "socket", "AF_INET, SOCK_DGRAM, 0", "3") : call(1, "dup", "3", String(i + 3)),
    ],
    [
      "halves without end",
      (i) => ({
        ...call(i, "poll", `[{fd=3, events=POLLIN}], 1, 5000${" ".repeat(1000)}`, ""),
        "strace.unfinished": true,
      }),
    ],
    [
      "watched sockets without end",
      (i) =>
        i % 2
          ? call(1, "socket", "AF_INET, SOCK_DGRAM, 0", String(i + 9))
          : call(1, "epoll_ctl", `4, EPOLL_CTL_ADD, ${i + 8}, {events=EPOLLIN}`, "0"),
    ],
    [
      "clones that never return",
      (i) => ({
        ...call(i, "clone", "child_stack=NULL, flags=CLONE_VM|CLONE_FILES", ""),
        "strace.unfinished": true,
      }),
    ],
  ];

  it.each(cases)("%s", (_, make) => {
    const { ms, bytes } = load(12_000, make);
    expect(ms).toBeLessThan(6000);
    expect(bytes).toBeLessThan(24 << 20);
  });

  it("does not make many tables of one by forking", () => {
    const fill = 4000;
    const { ms, bytes } = load(fill + 4000, (i) =>
      i < fill ? call(1, "socket", "AF_INET, SOCK_DGRAM, 0", String(i)) : call(1, "fork", "", String(i)),
    );
    expect(ms).toBeLessThan(6000);
    expect(bytes).toBeLessThan(24 << 20);
  });
});

describe("records that do not matter", () => {
  it("cost next to nothing", () => {
    const tracker = new StraceTracker(() => {});
    const event = record(
      1,
      call(1, "mmap", "NULL, 8192, PROT_READ, MAP_PRIVATE, -1, 0", "0x7f", " <0.000010>"),
    );
    const started = cpu();
    for (let i = 0; i < 300_000; i++) tracker.push(event);
    // Some 30 MB of text; measured 20 ms. Generous: the machine may be busy.
    expect(cpu() - started).toBeLessThan(1500);
  });
});
