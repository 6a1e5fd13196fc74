import { type Extent, jsonExtent } from "./extent.js";
import { yamlExtent } from "./yaml-extent.js";

/** Where the record that begins at `at` ends, be it JSON or YAML: see {@link jsonExtent} and {@link yamlExtent}. */
export function documentExtent(text: string, at: number, length: number, final: boolean): Extent | undefined {
  const yaml = yamlExtent(text, at, length, final);
  return yaml === "none" ? jsonExtent(text, at, length, final) : yaml;
}
