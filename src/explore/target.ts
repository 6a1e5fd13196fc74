/** The main views, in the order of their keys 1 to 6. */
export const VIEWS = ["story", "timeline", "findings", "evidence", "sources", "missing"] as const;
export type View = (typeof VIEWS)[number];

/** What can be opened: a main view, or one thing. Plain data. */
export type Target =
  | { kind: "view"; view: View }
  | { kind: "finding"; id: string }
  | { kind: "record"; source: string; line: number }
  | { kind: "source"; path: string }
  /** What a stretch of time holds, µs after the picture's origin; of one lane, or of all. */
  | { kind: "moment"; from: number; to: number; lane?: string };

/** One text for each thing, to remember places by. */
export const keyOf = (target: Target): string => JSON.stringify(target);
