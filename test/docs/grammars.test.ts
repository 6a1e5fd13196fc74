import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const built = fs.existsSync(program) ? describe : describe.skip;
const page = fs.readFileSync(path.join(root, "docs/GRAMMARS.md"), "utf8");
const [, part] = /^## From a file to events\n([\s\S]*?)^## /m.exec(page)!;

/** The fenced blocks of that part, in order. */
const blocks = [...part!.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
  kind: kind!,
  text: text!,
}));
const of = (kind: string) => blocks.filter((block) => block.kind === kind).map(({ text }) => text);

/** A definition like those that lnav comes with. */
const LNAV = {
  gate_log: {
    title: "Gate log",
    regex: {
      std: {
        pattern:
          "^(?<timestamp>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z) (?<level>\\w+)\\s+\\[(?<gate>[^\\]]+)\\] (?<body>.*)$",
      },
    },
    "file-pattern": "gate\\.log",
  },
};

built("docs/GRAMMARS.md, from a file to events", () => {
  let dir: string;
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "grammars-"));
    fs.mkdirSync(path.join(dir, "own"));
    fs.writeFileSync(path.join(dir, "gate.log"), of("log")[0]!);
    fs.writeFileSync(path.join(dir, "gate.json"), JSON.stringify(LNAV));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  it("does what it says, step by step", () => {
    const [draft, finished] = of("grammar");
    const said: string[] = [];
    const shown: string[] = [];
    for (const [, command, output] of of("console")
      .join("")
      .matchAll(/^\$ hindcast (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      const { stdout, stderr } = spawnSync(process.execPath, [program, ...command!.split(" ")], {
        cwd: dir,
        encoding: "utf8",
      });
      said.push(`${command}\n${stdout}${stderr}`.trimEnd());
      shown.push(`${command}\n${output}`.trimEnd());
      // What the reader does between two commands.
      if (command!.startsWith("formats new gate-words"))
        fs.writeFileSync(path.join(dir, "own/gate-words.grammar"), finished!);
    }
    expect(said).toEqual(shown);
    expect(fs.readFileSync(path.join(dir, "own/gate.grammar"), "utf8")).toBe(draft);
  });
});
