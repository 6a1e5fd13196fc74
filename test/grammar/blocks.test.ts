import { describe, expect, it } from "@jest/globals";
import { Blocks, blockRules } from "../../src/grammar/blocks.js";
import { matchShape } from "../../src/grammar/exec.js";
import { runSamples } from "../../src/grammar/samples.js";
import type { Fields } from "../../src/model/event.js";
import { compile, grammarText, problemsOf } from "./helpers.js";

const DISKS = `
inherit disk.unit
event disk.header = "Disk Size in " disk.unit:WORD
event disk.row after disk.header = disk.name:WORD " " disk.size:INT
event disk.total forgets disk.unit = "= " disk.size:INT " in all"
event disk.note = "note: " disk.note:rest
event disk.part after disk.note or disk.header = "- " disk.name:WORD
`;

/** The events of lines with their fields; a line that no shape may claim ends the block. */
function follow(body: string, lines: readonly string[]): (Fields | undefined)[] {
  const grammar = compile(body);
  const blocks = new Blocks();
  return lines.map((line) => {
    const shape = grammar.shapes.find((each) => blocks.allows(each) && matchShape(each, line));
    if (!shape) {
      blocks.close();
      return undefined;
    }
    const fields = matchShape(shape, line)!;
    blocks.complete(grammar, shape, fields);
    blocks.pass(grammar, shape, fields);
    return { event: shape.event, ...fields };
  });
}

const events = (body: string, lines: readonly string[]) => follow(body, lines).map((each) => each?.["event"]);

describe("a shape that stands after a header", () => {
  it("claims nothing before it", () => {
    expect(events(DISKS, ["sda 10", "Disk Size in GB", "sda 10"])).toEqual([
      undefined,
      "disk.header",
      "disk.row",
    ]);
  });

  it("claims further rows, whatever other shapes of the grammar stand between them", () => {
    expect(events(DISKS, ["Disk Size in GB", "sda 10", "= 10 in all", "sdb 5"])).toEqual([
      "disk.header",
      "disk.row",
      "disk.total",
      "disk.row",
    ]);
  });

  it("claims nothing behind what is no record of the grammar", () => {
    expect(events(DISKS, ["Disk Size in GB", "# df", "sda 10"])).toEqual([
      "disk.header",
      undefined,
      undefined,
    ]);
  });

  it("claims nothing behind another header", () => {
    expect(events(DISKS, ["Disk Size in GB", "note: parts", "sda 10"])).toEqual([
      "disk.header",
      "disk.note",
      undefined,
    ]);
  });

  it("may stand after any of several", () => {
    expect(events(DISKS, ["note: x", "- a", "Disk Size in GB", "- b"])).toEqual([
      "disk.note",
      "disk.part",
      "disk.header",
      "disk.part",
    ]);
  });

  it("leaves the blocks open in which its header stands", () => {
    const nested = `
event list.title = "list"
event list.head after list.title = "head " x:WORD
event list.row after list.head = "row " x:WORD
`;
    const lines = ["list", "head a", "row 1", "head b", "row 2"];
    expect(events(nested, lines)).toEqual(["list.title", "list.head", "list.row", "list.head", "list.row"]);
    expect(events(nested, ["head a"])).toEqual([undefined]);
  });
});

describe("an inherited field", () => {
  const units = (lines: readonly string[]) => follow(DISKS, lines).map((each) => each?.["disk.unit"]);

  it("is what the latest record before gave", () => {
    expect(units(["Disk Size in GB", "sda 10", "Disk Size in MB", "note: x"])).toEqual([
      "GB",
      "GB",
      "MB",
      "MB",
    ]);
  });

  it("ends with the block", () => {
    expect(units(["Disk Size in GB", "something else", "note: x"])).toEqual(["GB", undefined, undefined]);
  });

  it("ends with a record that forgets it", () => {
    expect(units(["Disk Size in GB", "= 10 in all", "sda 10"])).toEqual(["GB", undefined, undefined]);
  });

  it("is named by every record, so that all have the same fields", () => {
    for (const shape of compile(DISKS).shapes)
      expect(Object.keys(shape.decode(["", "1", "2"] as unknown as RegExpExecArray))).toContain("disk.unit");
  });
});

describe("what is open", () => {
  it("is the same object as long as nothing changes: readers compare it", () => {
    const grammar = compile(DISKS);
    const blocks = new Blocks();
    const take = (line: string) => {
      const shape = grammar.shapes.find((each) => blocks.allows(each) && matchShape(each, line))!;
      const fields = matchShape(shape, line)!;
      blocks.complete(grammar, shape, fields);
      blocks.pass(grammar, shape, fields);
      return blocks.state;
    };
    const open = take("Disk Size in GB");
    expect(open).toEqual({ grammar: "test", headers: ["disk.header"], fields: { "disk.unit": "GB" } });
    expect(take("sda 10")).toBe(open);
    expect(new Blocks(structuredClone(open)).allows(grammar.shapes[1]!)).toBe(true);
  });

  it("is nothing for grammars without blocks", () => {
    expect(compile('event a = "a"').blocks).toBeUndefined();
    expect(blockRules([{ event: "a" }])).toBeUndefined();
  });
});

describe("a grammar with blocks", () => {
  it.each([
    ['event a after b = "a"', "a stands after b, which is no event of test"],
    ['event a after a = "a"', "a stands only after itself: it can never be read"],
    ['event a forgets x = "a"', "a forgets x, which nothing inherits"],
  ])("%s is refused", (body, message) => {
    expect(problemsOf(body)[0]).toContain(message);
  });

  it("is an envelope", () => {
    expect(problemsOf('event a = "aaa"\nevent b after a = "bbb"', "message")[0]).toContain(
      "test is no envelope: only envelopes see one record behind the other",
    );
  });
});

describe("samples of rows", () => {
  const outcomes = (samples: string) =>
    runSamples([{ file: "x", text: grammarText(`${DISKS}\n${samples}`) }]).map(
      ({ problem }) => problem?.message,
    );

  it("give the lines before them", () => {
    expect(
      outcomes(`
sample after "Disk Size in GB" "sda 10" -> disk.row { disk.unit: "GB", disk.size: 10 }
sample after "Disk Size in GB\\nsda 10" "sdb 10" -> disk.row
sample after
  > note: x
  > Disk Size in GB
  reads
  > sda 10
  -> disk.row { disk.unit: "GB" }
reject "sda 10"
reject after "note: x" "sda 10"`),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it.each([
    [
      'sample "sda 10"',
      'disk.row reads this sample only in a block that disk.header opened: give the lines before it (sample after "HEADER" …)',
    ],
    ['sample after "???" "sda 10"', "no event of this grammar reads the line before it: ???"],
    ['reject after "Disk Size in GB" "sda 10"', "this must not match, but disk.row reads it"],
  ])("%s fails", (sample, message) => {
    expect(outcomes(sample)).toEqual([message]);
  });
});
