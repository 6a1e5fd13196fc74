import { print, UsageError } from "../output.js";
import { filesOf } from "../own-files.js";

/** `hindcast formats test DIR`: exit status 1 when a grammar is broken or a sample fails. */
export async function test(dir: string): Promise<void> {
  const { runSamples } = await import("../../api/format-files.js");
  const { formatProblem } = await import("../../api/format-files.js");
  const files = filesOf(dir, [".grammar"]);
  if (files.length === 0) throw new UsageError(`${dir}: there are no .grammar files in this folder`);
  const results = runSamples(files);
  const failed = results.filter((result) => !result.ok);
  for (const result of failed)
    await print(`${result.problem ? formatProblem(result.problem) : result.text}\n`);
  await print(
    `${files.length} grammars, ${results.length} samples: ${results.length - failed.length} passed, ${failed.length} failed\n`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
