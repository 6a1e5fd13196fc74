/**
 * How much work an analysis did, in numbers that depend on the evidence, the rules and the grammars alone: not on the machine, nor on
 * how many threads there were. A guard compares them, so that lost speed shows on any machine.
 */
export interface Work {
  /** Bytes that were read in the main pass; unpacked ones, where evidence is packed. */
  bytes: number;
  /** Records and packets that were framed and counted. */
  records: number;
  /** Records and packets that were read in full, through all their layers. */
  decoded: number;
  /** Events that were put in order. */
  events: number;
  /** Stretches that files were cut into. */
  stretches: number;
  findings: number;
}

export const noWork = (): Work => ({
  bytes: 0,
  records: 0,
  decoded: 0,
  events: 0,
  stretches: 0,
  findings: 0,
});
