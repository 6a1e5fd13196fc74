import { describe, expect, it } from "@jest/globals";
import { misplaced, readText } from "../read-text.js";

const line = (log: string, stream = "stdout", second = 1) =>
  `${JSON.stringify({ log, stream, time: `2024-02-03T04:05:0${second}.123456789Z` })}\n`;
const messages = (text: string, size?: number) =>
  readText(Buffer.from(text), size).events.map(({ fields }) => fields["message"]);
const FIRST = line("ready\n");

describe("docker's json-file logs", () => {
  it("reads text, time and place of a line", () => {
    const { events } = readText(
      FIRST + line("lookup db.lan.test on 10.9.0.3:53: i/o timeout\r\n", "stderr", 2),
    );
    expect(
      events.map(({ action, time, ns, line: number, offset }) => ({ action, time, ns, number, offset })),
    ).toEqual([
      {
        action: "log.line",
        time: Date.UTC(2024, 1, 3, 4, 5, 1) * 1000 + 123456,
        ns: 789,
        number: 1,
        offset: 0,
      },
      {
        action: "dns.error",
        time: Date.UTC(2024, 1, 3, 4, 5, 2) * 1000 + 123456,
        ns: 789,
        number: 2,
        offset: FIRST.length,
      },
    ]);
  });

  it("joins what docker split at 16 KiB, with the first part's time", () => {
    const parts = line("a".repeat(16_384)) + line("b".repeat(16_384), "stdout", 2) + line("c\n", "stdout", 3);
    const { events, records } = readText(FIRST + parts + FIRST);
    expect(events.map(({ fields }) => String(fields["message"]).length)).toEqual([5, 2 * 16_384 + 1, 5]);
    expect(events[1]!.time).toBe(events[0]!.time);
    expect(misplaced(Buffer.from(FIRST + parts + FIRST), records)).toEqual([]);
    for (const size of [1000, 16_383, 16_500])
      expect(messages(FIRST + parts + FIRST, size)).toEqual(messages(FIRST + parts + FIRST));
  });

  it("joins only parts of one stream", () => {
    expect(messages(FIRST + line("half") + line("other\n", "stderr") + line(" more\n"))).toEqual([
      "ready",
      "half",
      "other",
      " more",
    ]);
  });

  it("takes a backslash and an n at the end of a text for what they are", () => {
    expect(messages(FIRST + line("C:\\n") + line("next\n"))).toEqual(["ready", "C:\\nnext"]);
    expect(messages(FIRST + line("path \\\n") + line("next\n"))).toEqual(["ready", "path \\", "next"]);
  });

  it("keeps attributes, blanks after colons and text beyond ASCII apart", () => {
    const labelled =
      '{"log":"café \\u003c\\u00e9\\u003e\\n","stream":"stdout","attrs":{"a":"b"},"time":"2024-02-03T04:05:01Z"}\n';
    const spaced = '{"log": "plain\\n", "stream": "stderr", "time": "2024-02-03T04:05:01Z"}\n';
    expect(messages(labelled + spaced).map((text) => Buffer.from(String(text), "latin1").toString())).toEqual(
      ["café <é>", "plain"],
    );
  });

  it("survives a line that is cut at the end of the file", () => {
    const { events, reader } = readText(FIRST + line("x\n").slice(0, 30));
    expect([events.length, reader.unparsed]).toEqual([1, 1]);
  });

  it("leaves other programs' JSON alone", () => {
    const { records } = readText('{"log":"x","level":"info"}\n{"time":"2024-02-03T04:05:01Z","msg":"x"}\n');
    expect(records.map(({ by }) => by)).not.toContain("docker-json-file");
  });
});
