import { harmlessJson } from "../json.js";
import type { Comparison } from "./contract.js";

/** As one JSON document, indented by two blanks, with a newline at the end. */
export const renderComparisonJson = (comparison: Comparison): string => `${harmlessJson(comparison, 2)}\n`;
