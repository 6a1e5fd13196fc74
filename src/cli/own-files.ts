import fs from "node:fs";
import path from "node:path";
import { UsageError } from "./output.js";

/** The text files of a folder and of those in it that end in one of `endings`, sorted by name. */
export function filesOf(dir: string, endings: readonly string[]): { file: string; text: string }[] {
  let names: string[];
  try {
    names = fs.readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
  } catch (error) {
    throw new UsageError(
      `${dir}: this folder can't be read (${(error as NodeJS.ErrnoException).code}); check the path`,
    );
  }
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => ({ file: path.join(dir, name), text: fs.readFileSync(path.join(dir, name), "utf8") }));
}
