import { type CollectOptions, PROBLEMS } from "../../src/collect/options.js";
import { collectScript } from "../../src/collect/script.js";

/** What is asked for when no option is given. */
export const PLAIN: CollectOptions = {
  problems: PROBLEMS,
  duration: 60,
  before: 3600,
  interfaces: ["any"],
  maxSize: 200 * 1024 ** 2,
  containers: [],
  withEnv: false,
  strace: [],
  archive: "",
};

export const scriptFor = (options: Partial<CollectOptions> = {}): string =>
  collectScript({ ...PLAIN, ...options }, "1.2.3");

/** What the main part of a script does, a line each. */
export const stepsOf = (script: string): string[] =>
  script
    .slice(script.indexOf("main() {"))
    .split("\n")
    .map((line) => line.trim());
