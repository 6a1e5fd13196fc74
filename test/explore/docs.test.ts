import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { KEYS } from "../../src/explore/panes/help.js";
import { VIEWS } from "../../src/explore/target.js";

const root = path.join(import.meta.dirname, "../..");
const page = fs.readFileSync(path.join(root, "docs/EXPLORE.md"), "utf8");

describe("docs/EXPLORE.md", () => {
  it("has the keys that the program's own help has, and no others", () => {
    const documented = [...page.slice(page.indexOf("## Keys")).matchAll(/^\| `(.+)` \| (.+) \|$/gm)];
    expect(documented.map(([, keys, what]) => [keys, what])).toEqual(KEYS.flatMap(({ keys }) => keys));
  });

  it("has every view under its key", () => {
    VIEWS.forEach((view, i) => {
      expect(page).toContain(`| \`${i + 1}\` | ${view} |`);
    });
  });

  it("shows the screen as it is", () => {
    const screen = fs.readFileSync(path.join(root, "test/report/golden/explore-timeline.txt"), "utf8");
    expect(page).toContain(screen);
  });
});
