import { describe, expect, it } from "@jest/globals";
import { compileGrammars } from "../../../src/grammar/compile.js";
import { matchShape } from "../../../src/grammar/exec.js";
import { readGrok } from "../../../src/grammar/import/grok.js";
import { type Import, importFormat } from "../../../src/grammar/import/import.js";
import { readLnav } from "../../../src/grammar/import/lnav.js";
import { runSamples } from "../../../src/grammar/samples.js";

/** The import, whose grammar must compile and pass its own samples. */
function sound(made: ReturnType<typeof importFormat>): Import {
  if (!("text" in made)) throw new Error(made.lost.join("\n"));
  const failed = runSamples([{ file: "door.grammar", text: made.text }]).filter(({ ok }) => !ok);
  expect(failed.map(({ problem }) => problem?.message)).toEqual([]);
  return made;
}

const lnav = (format: object, samples: readonly string[] = []) =>
  sound(importFormat(readLnav({ $schema: "x", door_log: format }, "door"), "door", samples));
const grok = (text: string, samples: readonly string[] = []) =>
  sound(importFormat(readGrok(text, "door", "door.grok"), "door", samples));

/** What the grammar reads in a record: event and fields. */
function read({ text }: Import, record: string): Record<string, unknown> | undefined {
  const { grammars } = compileGrammars([{ file: "door.grammar", text }]);
  for (const shape of grammars[0]!.shapes) {
    const fields = matchShape(shape, record);
    if (fields) return { event: shape.event, ...JSON.parse(JSON.stringify(fields)) };
  }
  return undefined;
}

describe("an lnav definition becomes a grammar", () => {
  const format = {
    title: "Door log",
    description: "What the doors of the house say.",
    regex: {
      std: {
        pattern:
          "^(?<timestamp>\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2},\\d{3})\\s+(?<level>\\w+) \\[(?<thread>[^\\]]+)\\] (?<door>[\\w.-]+?)(?: \\((?<count>\\d+)\\))?: (?<body>.*)$",
      },
    },
    "level-field": "level",
    "file-pattern": "door.*\\.log",
    level: { error: "ERROR" },
    value: { count: { kind: "integer" }, door: { kind: "string", identifier: true } },
    tags: { ajar: { pattern: "ajar" } },
    sample: [
      { line: "2026-11-22 03:52:32,525  INFO [gate-1] north (3): opened by alice" },
      { line: "2026-11-22 03:52:33,001 ERROR [gate-1] east: ajar" },
      { line: "no such line" },
    ],
  };

  it("time, level and message are known by their names; values have their types", () => {
    expect(read(lnav(format), "2026-11-22 03:52:32,525  INFO [gate-1] north (3): opened by alice")).toEqual({
      event: "log.line",
      "@timestamp": "2026-11-22 03:52:32,525",
      "@timestamp.kind": "datetime",
      "log.level": "info",
      "process.thread.name": "gate-1",
      "door.door": "north",
      "door.count": 3,
      message: "opened by alice",
    });
  });

  it("what has no place in a grammar is named, with the reason", () => {
    const { lost, samples, of, text } = lnav(format);
    expect(lost).toEqual([
      "door_log.file-pattern: not carried over; formats are known by their content, never by names of files",
      "door_log.level: not carried over; the level is the text that stands there",
      "door_log.tags: not carried over; what an event means is said by its name",
      'sample "no such line": no event reads it',
    ]);
    expect([samples, of]).toEqual([2, 3]);
    for (const line of lost) expect(text).toContain(`#   ${line}\n`);
  });

  it("of expressions that read the same sample the first counts, as in lnav", () => {
    const made = lnav({
      ...format,
      regex: {
        ...format.regex,
        all: { pattern: "^(?<timestamp>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}) (?<body>.*)" },
      },
    });
    expect(made.lost).toContain("door.all: left out: door.std reads the same samples");
  });

  it("a part that can be read in two ways makes the rest one text", () => {
    const made = lnav({
      regex: { std: "^(?<timestamp>\\d\\d:\\d\\d:\\d\\d) (?<a>.*)(?<b>\\w*)(?<c>\\w+)$" },
    });
    expect(
      made.lost.some((line) => /^door_log\.regex\.std: the rest .* can be read in two ways/.test(line)),
    ).toBe(true);
    expect(read(made, "03:52:32 x y")).toMatchObject({ "@timestamp": "03:52:32" });
  });

  it.each([
    [
      "a back-reference",
      { std: "^(?<a>x)\\1$" },
      "door_log.regex.std: left out: \\1 refers back to what was matched before",
    ],
    ["a group without end", { std: "^(?<a>x" }, "door_log.regex.std: left out: the group `x…` has no end"],
  ])("%s is told", (_, regex, reason) => {
    const made = importFormat(readLnav({ door_log: { regex } }, "door"), "door");
    expect(made).toEqual({ lost: [reason] });
  });

  it.each([
    ["JSON lines", { door_log: { "file-type": "json", value: {} } }, /^door_log describes JSON lines/],
    ["no format at all", { a: 1 }, /^there is no format in it/],
  ])("%s: no grammar, and the reason", (_, json, reason) => {
    expect(() => readLnav(json, "door")).toThrow(reason);
  });
});

describe("grok becomes a grammar", () => {
  it("a file of patterns: those that others consist of are put in their places", () => {
    const made = grok(
      [
        "# doors",
        "DOORNAME [a-z]+(?:-[0-9]+)?",
        "DOORHEAD %{TIMESTAMP_ISO8601:timestamp} \\[%{LOGLEVEL:[log][level]}\\]",
        "DOOROPEN %{DOORHEAD} %{DOORNAME:door} opened by (?:-|%{USERNAME:[user][name]}) from %{IP:[source][ip]}:%{POSINT:[source][port]:int}",
        "DOORLOST %{DOORHEAD} lost %{NOTSPACE:what}(?: after %{NUMBER:seconds:float} s)?: %{GREEDYDATA:message}",
      ].join("\n"),
      ["2026-11-22T03:52:32Z [INFO] north-1 opened by alice from 192.0.2.7:40123"],
    );
    expect(made.lost).toEqual([]);
    expect(read(made, "2026-11-22T03:52:32Z [INFO] north-1 opened by alice from 192.0.2.7:40123")).toEqual({
      event: "door.dooropen",
      "@timestamp": "2026-11-22T03:52:32Z",
      "@timestamp.kind": "rfc3339",
      "log.level": "info",
      "door.door": "north-1",
      "user.name": "alice",
      "source.ip": "192.0.2.7",
      "source.port": 40123,
    });
    expect(read(made, "2026-11-22 03:52:32 [warn] lost x after 2.5 s: gone")).toMatchObject({
      event: "log.line",
      "@timestamp.kind": "datetime",
      "door.what": "x",
      "door.seconds": 2.5,
      message: "gone",
    });
  });

  it("a match expression, as it stands in a filter", () => {
    const made = grok('  match => { "message" => "%{SYSLOGBASE} %{WORD:verb} \\"%{DATA:door}\\"" }');
    expect(read(made, 'Nov 22 03:52:32 web-1 doord[17]: open "north gate"')).toEqual({
      event: "door.line",
      "@timestamp": "Nov 22 03:52:32",
      "@timestamp.kind": "syslog",
      "host.hostname": "web-1",
      "process.name": "doord",
      "process.pid": 17,
      "door.verb": "open",
      "door.door": "north gate",
    });
  });

  it("a pattern that nobody knows is any text, and named with its line", () => {
    const made = grok("A %{HTTPDATE:timestamp} %{NOSUCH:x} -> %{WORD:y}");
    expect(made.lost).toEqual(["line 1, A: %{NOSUCH} is not defined"]);
    expect(read(made, "22/Nov/2026:03:52:37 +0000 a b -> c")).toMatchObject({
      "door.x": "a b",
      "door.y": "c",
    });
  });

  it("what is looked at but not matched is left out, and named", () => {
    const made = grok("A (?<![0-9])%{INT:n}(?= end) end%{SPACE}%{GREEDYDATA:message}");
    expect(made.lost).toEqual([
      "line 1, A: (?<!…): what stands before or behind is not looked at",
      "line 1, A: (?=…): what stands before or behind is not looked at",
    ]);
    expect(read(made, "-7 end  x")).toMatchObject({ "door.n": -7, message: "x" });
  });

  it("patterns that refer to each other in circles end somewhere", () => {
    const made = importFormat(readGrok("A %{B:x} a\nB %{C} b\nC %{B} c", "door", "f"), "door");
    expect(made.lost.join("\n")).toMatch(/is not defined/);
  });
});
