/** How much of what must stay is told: numbers of entries, and characters of texts. */
export interface Detail {
  /** Steps of a story. */
  steps: number;
  title: number;
  text: number;
  /** What to do, how to check. */
  items: number;
  /** Causes beside the first. */
  roots: number;
  /** Findings that no story tells. */
  others: number;
}

/** From the whole to the least; the first that has room is taken. */
export const DETAILS: readonly Detail[] = [
  { steps: 12, title: 200, text: 2000, items: 20, roots: 5, others: 30 },
  { steps: 10, title: 200, text: 500, items: 8, roots: 4, others: 15 },
  { steps: 6, title: 120, text: 200, items: 4, roots: 2, others: 8 },
  { steps: 4, title: 80, text: 120, items: 2, roots: 0, others: 3 },
];
