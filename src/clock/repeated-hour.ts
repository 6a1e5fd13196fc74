import { Turns } from "./turns.js";

/**
 * Tells the two comings of the hour apart that comes twice where clocks are put back: in the order of a file, stamps that fall by half of it
 * begin its second coming. Before they did, nothing tells which one a stamp is of.
 */
export class RepeatedHour {
  private turns: Turns | undefined;
  private isKnown = false;

  /**
   * @param late a record may come so much too late
   * @param backwards do the records run backwards in time? The second coming is then read first
   */
  constructor(
    private readonly late: number,
    private readonly backwards: boolean,
  ) {}

  /**
   * Takes a local time that comes twice, in the order of the file.
   * @param fold µs from its first to its second coming
   * @returns µs from its first coming to the earliest and the latest moment that it can mean
   */
  take(local: number, fold: number): { earliest: number; latest: number } {
    this.turns ??= new Turns(fold, this.late, this.backwards);
    const turned = this.turns.take(local);
    this.isKnown ||= turned !== 0;
    if (!this.isKnown) return { earliest: 0, latest: fold };
    const isSecond = this.backwards ? turned >= 0 : turned > 0;
    return isSecond ? { earliest: fold, latest: fold } : { earliest: 0, latest: 0 };
  }

  /** The file has left the hour. */
  leave(): void {
    this.turns = undefined;
    this.isKnown = false;
  }
}
