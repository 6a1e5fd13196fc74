import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { Report } from "../../src/report/contract.js";
import { verdictOf } from "../../src/report/verdict.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "unknown-json-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

async function reportOn(text: string): Promise<Report> {
  const file = path.join(dir, "export.json");
  fs.writeFileSync(file, text);
  return analyze([file], { grammars, rules, version: "test" });
}

const formatOf = async (text: string) => (await reportOn(text)).sources[0]!.format;

const unknown = Array.from({ length: 40 }, (_, id) => ({ id, owner: "team", tags: { shelf: `s${id}` } }));
const entry = { __REALTIME_TIMESTAMP: "1772445600000000", MESSAGE: "hello", _HOSTNAME: "node-17" };
const packet = { _index: "packets", _source: { layers: { frame: { "frame.time_epoch": "1772445600.5" } } } };

describe("an array of JSON", () => {
  it.each([2, 4])("of objects that no format knows is of no format, indented by %i", async (indent) => {
    const report = await reportOn(JSON.stringify(unknown, null, indent));
    expect(report.sources[0]!.format).toBe("unknown");
    expect(verdictOf(report, "below").title).toBe("Nothing to judge");
    expect(report.problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^JSON of a kind that no format knows \(its first keys: id, owner/),
    );
  });

  it("of a journal's entries, or of packets, is theirs", async () => {
    expect(await formatOf(JSON.stringify([entry, entry], null, 2))).toBe("journal-json");
    expect(await formatOf(JSON.stringify([packet, packet], null, 2))).toBe("tshark-json");
  });

  it("that is empty, as a capture without packets is printed, was understood", async () => {
    const report = await reportOn("[\n\n\n]\n");
    expect(report.sources[0]!.format).not.toBe("unknown");
    expect(report.problems).toEqual([]);
  });
});
