import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { findProjectFile } from "../../../src/cli/project/find.js";

describe("where the project file is looked for", () => {
  let top: string;
  const at = (...parts: string[]) => path.join(top, ...parts);
  beforeAll(() => {
    top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "project-")));
    for (const dir of ["repo/.git", "repo/a/b", "home/work", "outer/repo/.git"])
      fs.mkdirSync(at(dir), { recursive: true });
    for (const dir of ["repo", "home", "outer"]) fs.writeFileSync(at(dir, ".hindcast.yaml"), "");
  });
  afterAll(() => fs.rmSync(top, { recursive: true }));

  it("is here or above, up to the root of the repository", () => {
    expect(findProjectFile(at("repo/a/b"))).toBe(at("repo/.hindcast.yaml"));
    expect(findProjectFile(at("outer/repo"))).toBeUndefined();
  });

  it("is not above the home folder", () => {
    expect(findProjectFile(at("home/work"), at("home"))).toBe(at("home/.hindcast.yaml"));
    expect(findProjectFile(at("home/work"), at("home/work"))).toBeUndefined();
  });
});
