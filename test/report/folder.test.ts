import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../src/report/document.js";
import { withoutFolder } from "../../src/report/folder.js";
import { input, source } from "./samples.js";

const foldersOf = (...paths: string[]) => {
  const { folder, report } = withoutFolder(
    buildReport(input({ sources: paths.map((path, i) => source(i, path)) })),
  );
  return [folder, ...report.sources.map(({ path }) => path)];
};

describe("withoutFolder", () => {
  it("takes off whole folders only", () => {
    expect(foldersOf("case/log/a.txt", "case/log/b.txt", "case/login.txt")).toEqual([
      "case/",
      "log/a.txt",
      "log/b.txt",
      "login.txt",
    ]);
    expect(foldersOf("b.tgz!var/log/a", "b.tgz!etc/c")).toEqual(["b.tgz!", "var/log/a", "etc/c"]);
  });

  it("leaves paths alone that share none", () => {
    expect(foldersOf("a/x", "b/x")).toEqual(["", "a/x", "b/x"]);
    expect(foldersOf("case/only.txt")).toEqual(["", "case/only.txt"]);
  });
});
