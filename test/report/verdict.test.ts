import { describe, expect, it } from "@jest/globals";
import type { Source } from "../../src/model/source.js";
import { buildReport } from "../../src/report/document.js";
import { verdictOf } from "../../src/report/verdict.js";
import { input, source } from "./samples.js";

const NOTHING: Partial<Source> = { records: 0, parsed: 0, unparsed: 0 };
const UNREAD: Partial<Source> = { format: "unknown", records: 1, parsed: 0, unparsed: 1 };

/** What the verdict says that nothing was learned from. */
function blind(...sources: [path: string, counts?: Partial<Source>][]): string | undefined {
  const report = buildReport(
    input({
      sources: sources.map(([path, counts = {}], id) => source(id, path, { format: "syslog", ...counts })),
    }),
  );
  return /Nothing was learned from (.*?)\. That/.exec(verdictOf(report, "below").text)?.[1];
}

describe("a verdict names what nothing was learned from", () => {
  it("none of a file that was read", () => {
    expect(blind(["messages"])).toBeUndefined();
  });

  it("a file that was not understood", () => {
    expect(blind(["messages"], ["core.bin", UNREAD])).toBe("core.bin");
  });

  it("a file of which only blank lines were", () => {
    expect(blind(["messages"], ["export.json", { ...UNREAD, records: 3, parsed: 2 }])).toBe("export.json");
  });

  it("no archive whose members were read, though it has no record of its own", () => {
    expect(blind(["a.tar.gz!/messages"], ["a.tar.gz", NOTHING])).toBeUndefined();
    expect(blind(["a.zip!/b.tgz!/messages"], ["a.zip", NOTHING], ["a.zip!/b.tgz", NOTHING])).toBeUndefined();
  });

  it("the members of an archive that were not understood, not the archive", () => {
    expect(blind(["messages"], ["a.tar.gz!/core.bin", UNREAD], ["a.tar.gz", NOTHING])).toBe(
      "a.tar.gz!/core.bin",
    );
  });

  it("an archive with nothing in it", () => {
    expect(blind(["messages"], ["a.tar.gz.log"], ["a.tar.gz", NOTHING])).toBe("a.tar.gz");
  });
});
