import { run as analyzeCommand } from "./analyze.js";
import { tellFailure } from "./failure.js";

// The build has threads do the reading, to learn what they are asked for.
export { analyze } from "../api/analysis.js";
// Whoever keeps what V8 makes of this must have set its flags as the program does: it takes no code that was made under others.
export { spareCompiler } from "./compiler.js";

/** `hindcast analyze` as the build makes it ready: classes are known only to the code beside them, so it tells of its failures itself. */
export async function run(...given: Parameters<typeof analyzeCommand>): Promise<void> {
  try {
    await analyzeCommand(...given);
  } catch (error) {
    await tellFailure(error);
  }
}
