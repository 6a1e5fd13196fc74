import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { misplaced, readText } from "../read-text.js";
import { type Entry, printed } from "./modes.js";

const T = 1_700_000_000_000_000;
const entries: Entry[] = [1, 2, 3, 4, 5, 6].map((i) => [
  ["__CURSOR", `s=0a;i=${i};b=ff;m=1;t=${(T + i).toString(16)};x=1`],
  ["__REALTIME_TIMESTAMP", String(T + i)],
  ["_HOSTNAME", "h"],
  ["SYSLOG_IDENTIFIER", "app"],
  ["MESSAGE", i === 3 ? "two\n\nparts" : `message ${i}`],
]);
const modes = printed(entries);

describe("damaged journals", () => {
  it.each(Object.keys(modes))(
    "%s: a cut anywhere costs the record that it cuts, and no place is wrong",
    (mode) => {
      const whole = modes[mode]!;
      // A bracket around them is no entry; where it is all there is, it tells of no journal.
      const entriesOf = (found: Event[]) => found.filter(({ time }) => !Number.isNaN(time));
      const all = entriesOf(readText(whole).events);
      for (let cut = 0; cut < whole.length; cut += 13) {
        const bytes = whole.subarray(0, cut);
        const { events, records } = readText(bytes);
        expect(misplaced(bytes, records)).toEqual([]);
        const complete = all.filter(({ offset, length }) => offset + length < cut);
        expect(
          entriesOf(events)
            .slice(0, complete.length)
            .map(({ time }) => time),
        ).toEqual(complete.map(({ time }) => time));
      }
    },
  );

  it.each(Object.keys(modes))("%s: a beginning that is missing costs one record", (mode) => {
    const whole = modes[mode]!;
    const second = readText(whole).events[1]!.offset;
    const bytes = whole.subarray(second >> 1);
    const { events, records } = readText(bytes);
    expect(misplaced(bytes, records)).toEqual([]);
    expect(events.slice(-5).map(({ time }) => time)).toEqual([2, 3, 4, 5, 6].map((i) => T + i));
  });

  it("counts what only looks like JSON as unparsed", () => {
    const { reader, events } = readText(`${modes["json"]}{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1"broken}\n`);
    expect([events.length, reader.unparsed]).toEqual([6, 1]);
    expect(reader.problems.map(({ line }) => line)).toEqual([7]);
  });

  it("does not believe a length of an export field", () => {
    for (const length of [2 ** 31, 2 ** 52, 5]) {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(length));
      const lying = Buffer.concat([
        Buffer.from(`__CURSOR=s=0;i=1;t=${T.toString(16)};\n__REALTIME_TIMESTAMP=${T}\nBLOB\n`),
        field,
        Buffer.from("short\n\n"),
      ]);
      const bytes = Buffer.concat([lying, modes["export"]!]);
      const { events, records } = readText(bytes, 50);
      expect(misplaced(bytes, records)).toEqual([]);
      expect(events.at(-1)?.time).toBe(T + 6);
    }
  });

  it("stays quick and quiet before nests, floods of braces and endless strings", () => {
    const begin = '{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1","A":';
    const floods = [
      `${begin}${"[".repeat(400_000)}}`,
      `${begin}${"}".repeat(400_000)}x`,
      `${begin}"${'\\"'.repeat(400_000)}`,
      `{"log":"${'"stream":"stdout"'.repeat(40_000)}`,
      `{"log":"${"\\".repeat(400_000)}n","stream":"stdout"}`,
      `{"layers":{${'"layers":{'.repeat(60_000)}}`,
      `{\n${'\t"A" : 1,\n'.repeat(60_000)}`,
    ];
    for (const flood of floods) {
      const { reader } = readText(`${flood}\n${modes["json"]}`);
      expect(reader.parsed + reader.unparsed).toBe(reader.records);
    }
  });

  it("passes over records beyond 1 MiB and says so", () => {
    const big = `{"MESSAGE":"${"x".repeat(1 << 20)}","__REALTIME_TIMESTAMP":"${T}"}\n`;
    const { events, reader } = readText(`${modes["json"]}${big}${modes["json"]}`, 1 << 18);
    expect(events).toHaveLength(12);
    expect(reader.problems.some(({ message }) => /longer than 1 MiB/.test(message))).toBe(true);
  });
});
