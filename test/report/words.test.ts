import { describe, expect, it } from "@jest/globals";
import { excerpt } from "../../src/report/excerpt.js";
import { neutral } from "../../src/report/neutral.js";
import { wordsOf } from "../../src/report/words.js";
import { type Entry, printed } from "../decode/journal/modes.js";

const entry: Entry = [
  ["__CURSOR", "s=0a;i=1;b=ff;m=1;t=60a24181e4000;x=1"],
  ["__REALTIME_TIMESTAMP", "1700000000000000"],
  ["_HOSTNAME", "h"],
  ["MESSAGE", 'msg="it \\ said" no\nsecond'],
  ["_PID", "7"],
];
const coloured: Entry = entry.map(([name, value]) =>
  name === "MESSAGE" ? [name, Buffer.from("\x1b[31mfailed\x1b[0m: no route")] : [name, value],
);
const shown = (journal: Entry, mode: string) =>
  wordsOf(neutral(printed([journal])[mode]!.toString("utf8").trim().split("\n\n__")[0]!).trim());

describe("the words of a record that names its fields", () => {
  it.each(["json", "json-pretty", "json-sse", "json-seq", "json through jq", "export"])("%s", (mode) => {
    expect(shown(entry, mode)).toBe('msg="it \\ said" no\\nsecond');
    expect(shown(coloured, mode)).toBe("failed: no route");
  });

  it("verbose", () => {
    expect(shown(entry, "verbose")).toMatch(/^msg="it \\ said" no\\n +second$/);
  });

  it("docker's json-file", () => {
    expect(wordsOf('{"log":"no route to host\\n","stream":"stderr","time":"2024-02-03T04:05:01Z"}')).toBe(
      "no route to host",
    );
  });

  it("are what an excerpt shows when the record is too long", () => {
    const text = `{"_CMDLINE":"${"x".repeat(200)}","MESSAGE":"no route to host"}`;
    expect(excerpt(text, 60)).toBe("…no route to host");
  });

  it("are not looked for in other records", () => {
    expect(wordsOf("Nov 22 03:52:32 dev1 app[1]: MESSAGE=x")).toBeUndefined();
    expect(wordsOf('sent {"MESSAGE":"x"}')).toBeUndefined();
    expect(wordsOf('{"level":"info","msg":"x"}')).toBeUndefined();
  });

  it("of a record that was cut are what is left of them", () => {
    expect(wordsOf('{"MESSAGE":"no route to ho…')).toBe("no route to ho…");
    expect(wordsOf("__CURSOR=s=0\\nMESSAGE=no rou…")).toBe("no rou…");
  });
});
