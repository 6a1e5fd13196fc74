/** How much is drawn, and how much is read for it. */
export interface StudyLimits {
  /** Bars and marks at most; the most telling ones. */
  bars: number;
  marks: number;
  /**
   * Evidence of at most so many bytes is decoded whole, so that all of its events and transactions can be drawn. Of larger evidence those are
   * drawn that an analysis looks at, and only its smallest sources, of so many bytes together, are counted record by record.
   */
  exactBytes: number;
}

export const STUDY_LIMITS: StudyLimits = { bars: 4_000, marks: 6_000, exactBytes: 32 << 20 };
