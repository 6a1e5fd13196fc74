import type { Peeler } from "./peeler.js";

/** NULs that a file system left where a machine stopped before data were written. */
export const padding: Peeler = {
  name: "padding",
  suits: (lines) => lines.some((line) => line.includes("\0")),
  begin: () => (line) => (line.includes("\0") ? line.replaceAll("\0", "") : line),
};
