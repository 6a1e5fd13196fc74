import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { compileGrammars } from "../../src/grammar/compile.js";
import { runSamples } from "../../src/grammar/samples.js";
import { compileValues } from "../../src/grammar/values/index.js";
import { records } from "../decode/strace/trace.js";

const file = "grammars/strace/strace-values.grammar";
const text = readFileSync(file, "utf8");

describe("grammars/strace/strace-values.grammar", () => {
  it("compiles, and reads its samples", () => {
    expect(compileGrammars([{ file, text }]).problems).toEqual([]);
    expect(compileValues({ file, text }).problems).toEqual([]);
    expect(runSamples([{ file, text }]).filter((sample) => !sample.ok)).toEqual([]);
  });

  it("reads the arguments of all calls of real traces", () => {
    const { values } = compileValues({ file, text });
    const failed: string[] = [];
    let read = 0;
    for (const name of [
      "glibc-f_ttt_T_yy",
      "glibc-Xverbose",
      "glibc-xx",
      "dig",
      "node-stderr-f",
      "python-fork",
      "glibc-sigterm",
      "go-connect-refused",
    ]) {
      for (const { fields } of records(
        readFileSync(`test/decode/strace/fixtures/${name}.strace`, "latin1"),
      )) {
        const args = fields["strace.args"];
        // A call in halves has half of its arguments.
        if (
          typeof args !== "string" ||
          fields["strace.resumed"] === true ||
          fields["strace.unfinished"] === true
        )
          continue;
        read++;
        if (values!.read("args", args).errors.length > 0) failed.push(args);
      }
    }
    expect(failed).toEqual([]);
    expect(read).toBeGreaterThan(300);
  });

  it("says where it lost the thread, and goes on", () => {
    const { values } = compileValues({ file, text });
    const { errors, tree } = values!.read("args", "3, {a=1, b=]}, 4");
    expect(errors.length).toBeGreaterThan(0);
    expect(tree).toBeDefined();
  });
});
