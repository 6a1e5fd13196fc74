import type { Peeler } from "./peeler.js";

const TICK = 96;

const opens = (line: string): boolean =>
  line.charCodeAt(0) === TICK && line.length > 1 && line.charCodeAt(1) !== TICK;

/** Markdown's single backticks around whole lines, be it one or several: what begins with one ends with the next, or with its paragraph. */
export const codeSpans: Peeler = {
  name: "code-spans",
  suits: (lines) => lines.some(opens),
  begin: () => {
    let isInside = false;
    return (line) => {
      let shown = line;
      if (!isInside && opens(line)) {
        isInside = true;
        shown = line.slice(1);
      } else if (line.trim() === "") isInside = false;
      if (!isInside || !/[^`]`\s*$/.test(shown)) return shown;
      isInside = false;
      return shown.replace(/`\s*$/, "");
    };
  },
};
