import { isAboutClocks } from "../report/clocks.js";
import type { Report } from "../report/document.js";
import { type AnalyzeOptions, analyze } from "./analyze.js";

/**
 * Reads the evidence for its clocks alone: the report's clocks are those of a whole analysis with the same options, its findings those
 * about time. Nothing else is judged, so that most records need not be understood.
 */
export const clocks = (paths: readonly string[], options: AnalyzeOptions): Promise<Report> =>
  analyze(paths, { ...options, rules: options.rules.filter(({ id }) => isAboutClocks(id)) });
