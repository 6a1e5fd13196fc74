import { NoSuchSource } from "../api/errors.js";
import { UsageError } from "./output.js";

/** Tells on standard error why a command ended, and sets the exit status: 2 for wrong usage, 70 for a mistake of this program. */
export async function tellFailure(error: unknown): Promise<void> {
  if (error instanceof UsageError) {
    process.stderr.write(`hindcast: ${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof NoSuchSource) {
    // Its message lists names, which are evidence.
    const { neutral } = await import("../api/text.js");
    process.stderr.write(`hindcast: ${neutral(error.message)}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `hindcast: this is a bug, please report it with the evidence that shows it if you can:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 70;
  }
}
