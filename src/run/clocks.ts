import { isAboutClocks } from "../report/clocks.js";
import type { Report } from "../report/document.js";
import { analyze } from "./analyze.js";
import type { AnalyzeOptions } from "./analyze-options.js";

/**
 * Reads the evidence for its clocks alone: the report's clocks are those of a whole analysis with the same options, its findings those
 * about time. Nothing else is judged, so that most records need not be understood.
 */
export const clocks = (paths: readonly string[], options: AnalyzeOptions): Promise<Report> =>
  analyze(paths, { ...options, rules: options.rules.filter(({ id }) => isAboutClocks(id)) });
