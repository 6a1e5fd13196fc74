import fs from "node:fs";
import { UsageError } from "./output.js";

/**
 * A file that the user named, whole.
 * @param most so many bytes; a larger one is not what it should be
 * @param tooLarge what to say then, after the file's name
 * @throws UsageError where it cannot be read, or is larger
 */
export function readNamed(file: string, most: number, tooLarge: string): Buffer {
  try {
    const bytes = fs.readFileSync(file);
    if (bytes.length <= most) return bytes;
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path`,
    );
  }
  throw new UsageError(`${file}: ${tooLarge}`);
}
