import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Draft, draftGrammar } from "../../../src/grammar/draft/draft.js";
import { recordsOf } from "../../../src/grammar/draft/records.js";
import { runSamples } from "../../../src/grammar/samples.js";

const drafted = (lines: string | readonly string[], layer: "envelope" | "message" = "envelope") =>
  draftGrammar(typeof lines === "string" ? recordsOf(lines) : lines, {
    name: "door",
    from: "door.log",
    layer,
  });

/** The statements of a draft that say how lines are read. */
const shapes = (draft: Draft | undefined) =>
  [...draft!.text.matchAll(/^event (\S+)\n {2}= (.*)$/gm)].map(
    ([, event, pattern]) => `${event} = ${pattern}`,
  );

function failures(draft: Draft | undefined): string[] {
  if (!draft) return [];
  const results = runSamples([{ file: "door.grammar", text: draft.text }]);
  expect(results.filter(({ problem }) => !problem).length).toBeGreaterThan(1);
  return results.flatMap(({ problem }) => problem?.message ?? []);
}

describe("a draft", () => {
  it("names what it knows: time, level, host, program, keys, addresses; other hosts' lines are of the format, too", () => {
    const lines = [
      'Nov 22 05:50:39 node-17 doord[2871]: level=info user=alice from 192.0.2.1 to 192.0.2.9:443 msg="came in"',
      'Nov 22 05:50:41 node-17 doord[2871]: level=warn user=bob from 192.0.2.2 to 192.0.2.9:443 msg="went out"',
    ];
    const draft = drafted(lines);
    expect(shapes(draft)).toEqual([
      'door.from_to = @timestamp:SYSLOG_TIME " " host.hostname:WORD " " process.name:UNTIL_BRACKET "[" process.pid:INT "]: level=" log.level:WORD " user=" user.name:WORD " from " source.ip:IPV4 " to " destination:ADDRESS " msg=" message:QUOTED',
    ]);
    expect(draft!.missed).toEqual([]);
    expect(draft!.text).toContain('log.level: "info", user.name: "alice", source.ip: "192.0.2.1"');
  });

  it("takes what differs from line to line for values, and the rest for the format's own words", () => {
    const lines = [
      "door north opened by alice",
      "door east opened by bob",
      "door east closed",
      "door north closed",
    ];
    expect(shapes(drafted(lines, "message"))).toEqual([
      'door.door_opened_by = "door " door.door:WORD " opened by " door.by:WORD',
      'door.door_closed = "door " door.door:WORD " closed"',
    ]);
  });

  it("of many different messages behind one header reads the header, and hands on the message", () => {
    const words = [
      "came in",
      "went out again",
      "is",
      "fell, and stood up",
      "7 of them",
      "waited for 3s",
      "(none)",
      "a=b",
    ];
    const lines = words.map(
      (what, i) => `2026-11-22 03:52:3${i} [${i % 2 ? "INFO" : "WARN"}] gate-${i}: ${what}`,
    );
    expect(shapes(drafted(lines))).toEqual([
      'log.line = @timestamp:DATETIME " [" log.level:LEVEL "] " door.word:UNTIL_COLON ": " message:rest',
    ]);
  });

  it("joins messages that begin alike and end in prose", () => {
    const lines = ["lost contact with gate 7: timeout", "lost contact with gate 9: connection refused"];
    expect(shapes(drafted(lines, "message"))).toEqual([
      'door.lost_contact_with = "lost contact with gate " door.gate:INT ": " door.text:rest',
    ]);
  });

  it("keeps indented lines with the record above them", () => {
    const draft = drafted(
      "2026-11-22 03:52:31 a fell\n  because of b\n2026-11-22 03:52:32 c rose\n2026-11-22 03:52:33 d sat\n",
    );
    expect(draft!.text).toContain("continuation /[ \\t]/\n");
    expect(draft!.text).toContain('message: "a fell\\n  because of b"');
    expect(draft!.missed).toEqual([]);
  });

  it("shows which lines it does not read", () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `2026-11-22 03:52:${i + 10} [INFO] ${"abc".repeat((i % 7) + 1)} ${i % 5 ? "x" : "y z"}`,
    );
    const draft = drafted([...lines, "a banner"]);
    expect(draft!.missed).toEqual(["a banner"]);
    expect(draft!.text).toContain("# No shape reads 1 of them:\n#   a banner\n");
  });

  it("is none where lines have nothing in common", () => {
    expect(drafted(["1", "2 3", "- 4.5", "192.0.2.1"])).toBeUndefined();
    expect(drafted([])).toBeUndefined();
  });
});

describe("a draft compiles, and its samples pass", () => {
  const word = fc.constantFrom(
    "door",
    "opened",
    "eth0",
    "web-1",
    "é",
    "a.b",
    "x_y",
    "(",
    "[",
    "]:",
    "=",
    '"',
    "\\",
    "-",
    "/",
    ">",
    "#",
    "\x1b[1m",
    "\xff",
    "\t",
  );
  const value = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "INFO",
      "error",
      "4.5s",
      "0x1f",
      "2026-11-22T03:52:32Z",
      '"a b"',
      "user=alice",
      "/var/log/x",
      "02:42:0a:0c:0a:01",
    ),
  );
  /** Lines of a few templates, with random values in their places. */
  const log = fc
    .array(fc.array(fc.oneof(word, fc.constant(null)), { minLength: 1, maxLength: 9 }), {
      minLength: 1,
      maxLength: 4,
    })
    .chain((templates) =>
      fc.array(
        fc
          .constantFrom(...templates)
          .chain((template) =>
            fc
              .tuple(...template.map((part) => (part === null ? value : fc.constant(part))))
              .map((parts) => parts.join(" ")),
          ),
        { minLength: 1, maxLength: 12 },
      ),
    );
  const bytes = (lines: readonly string[]) =>
    lines.map((line) => Buffer.from(line.replace(/[\r\n]/g, " "), "utf8").toString("latin1"));

  it.each(["envelope", "message"] as const)("of any lines (%s)", (layer) => {
    fc.assert(
      fc.property(log, (lines) => {
        expect(failures(drafted(bytes(lines), layer))).toEqual([]);
      }),
      { seed: 4712, numRuns: 20 },
    );
  });

  it("and of lines with a time there is one, which reads all of them", () => {
    const stamps = fc.constantFrom(
      (i: number) => `2026-11-22T03:52:${10 + i}.5Z `,
      (i: number) => `[22/Nov/2026:03:52:${10 + i} +0000] `,
      (i: number) => `1795319${100 + i}.25 | `,
      (i: number) => `Nov 22 03:52:${10 + i} web-1 doord[${i}]: `,
    );
    fc.assert(
      fc.property(stamps, log, (stamp, lines) => {
        const draft = drafted(bytes(lines).map((line, i) => `${stamp(i)}x${line}`));
        expect(failures(draft)).toEqual([]);
        expect(draft!.missed).toEqual([]);
      }),
      { seed: 4713, numRuns: 20 },
    );
  });
});

/** Recorded evidence, when it lies beside the project: not part of the repository. */
const CAPTURES = path.join(import.meta.dirname, "../../../../shared/captures");
const describeCaptures = fs.existsSync(CAPTURES) ? describe : describe.skip;
const EVERY = 50;
const BYTES = 32 << 10;

describeCaptures("drafts of recorded evidence", () => {
  const files = fs.existsSync(CAPTURES)
    ? fs
        .readdirSync(CAPTURES, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(txt|log|strace|conf|rules)$/.test(name))
        .sort()
        .filter((_, i) => i % EVERY === 0)
    : [];

  it.each(files)("%s", (name) => {
    const text = fs.readFileSync(path.join(CAPTURES, name)).toString("latin1", 0, BYTES);
    const draft = drafted(text.slice(0, text.lastIndexOf("\n") + 1));
    expect(failures(draft)).toEqual([]);
  });
});
