import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { transformSync } from "@swc/core";
import { buildGrammars, buildSources } from "../../src/grammar/build.js";
import { compileGrammars } from "../../src/grammar/compile.js";
import { emitModule } from "../../src/grammar/emit.js";
import * as helpers from "../../src/grammar/helpers.js";
import { unpack } from "../../src/grammar/packed.js";
import type { Grammar } from "../../src/grammar/types.js";

const file = {
  file: "grammars/x.grammar",
  text: `grammar x "x, with \\"quotes\\" and a / slash"
layer envelope
accepts a in ("b") and c? matches /[^\\/]+/
set { event.dataset = "x" n = 1 }
continuation /[ \\t]/
wants "port 53" "\\u{e9}"
stamps end
token PATH = /\\/[a-z\\/]+/
event y = @timestamp:TOD " " path:PATH " é\\u{2028} " url:URL [host = $url.domain] (" " message:rest)?
  pass path to message
sample "03:46:29 /a/b é\\u{2028} http://h.test/" -> y { host: "h.test" }`,
};

/** Runs the emitted module with what it imports, as the build does. */
function load(source: string): Grammar[] {
  const plain = transformSync(source.replace(/^import .*$/gm, "").replace("export const", "const"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    isModule: false,
  }).code;
  return new Function("H", "unpack", `${plain}\nreturn grammars;`)(helpers, unpack) as Grammar[];
}

describe("the emitted module", () => {
  it("has its formats in a text of which V8 keeps but the raw one", () => {
    const [template] = /`\\x [^`]*`/.exec(emitModule([file]))!;
    const cooked = new Function("tag", `return tag${template}`)((strings: readonly string[]) => strings[0]);
    expect(cooked).toBeUndefined();
  });

  it("gives what compiling at run time gives", () => {
    const source = emitModule([file]);
    expect(source).not.toMatch(/chevrotain/);
    const [emitted] = load(source);
    const [compiled] = compileGrammars([file]).grammars;
    expect(JSON.stringify(emitted)).toBe(JSON.stringify(compiled));
    expect(emitted!.shapes[0]!.regex.source).toBe(compiled!.shapes[0]!.regex.source);
    expect(emitted!.shapes[0]!.regex).toBe(emitted!.shapes[0]!.regex);
    expect(emitted!.shapes[0]!.regex.flags).toBe("y");
    expect(emitted!.framing.continuation!.flags).toBe("y");
    expect(emitted!.wants).toEqual(["port 53", "\xc3\xa9"]);
    expect(emitted!.standsFor).toBe("end");
    expect(emitted!.accepts!({ a: "b", c: "d" })).toBe(true);
    expect(emitted!.accepts!({ a: "b", c: "/" })).toBe(false);
    const record = "03:46:29 /a/b \xc3\xa9\xe2\x80\xa8 http://h.test/ rest";
    const match = emitted!.shapes[0]!.regex.exec(record)!;
    expect(emitted!.shapes[0]!.decode(match)).toMatchObject({
      host: "h.test",
      message: "rest",
      path: "/a/b",
    });
  });

  it("is not made from grammars that are broken, unsafe or fail their samples", () => {
    const dir = mkdtempSync(join(tmpdir(), "grammars-"));
    try {
      writeFileSync(join(dir, "x.grammar"), file.text);
      expect(load(buildGrammars(dir))[0]!.file).toMatch(/\/x\.grammar$/);
      expect(buildSources(dir)).toContain('"file"');
      writeFileSync(join(dir, "y.grammar"), 'grammar y "y"\nlayer envelope\nevent z = "a" WORD\nsample "b"');
      expect(() => buildGrammars(dir)).toThrow(/y\.grammar:4:8: no event of this grammar reads this sample/);
      writeFileSync(join(dir, "y.grammar"), 'grammar y "y"\nlayer envelope\nevent z = WORD WORD');
      expect(() => buildGrammars(dir)).toThrow(/two ways/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
