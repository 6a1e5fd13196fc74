import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { LinkedRule } from "../../src/diagnosis/index.js";

/** The shipped rules, as their files have them. */
export const rules: LinkedRule[] = readdirSync("rules")
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => parse(readFileSync(`rules/${name}`, "utf8")) as LinkedRule);
