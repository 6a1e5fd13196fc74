/** A mark on the axis: seconds, and how they are written. */
export interface Tick {
  seconds: number;
  label: string;
}

/** What people count in, in seconds; one step is about a factor of ten. */
const ROUND: readonly Tick[] = [
  [1e-9, "1 ns"],
  [1e-8, "10 ns"],
  [1e-7, "100 ns"],
  [1e-6, "1 µs"],
  [1e-5, "10 µs"],
  [1e-4, "100 µs"],
  [1e-3, "1 ms"],
  [1e-2, "10 ms"],
  [0.1, "100 ms"],
  [1, "1 s"],
  [10, "10 s"],
  [60, "1 min"],
  [600, "10 min"],
  [3600, "1 h"],
  [36_000, "10 h"],
  [86_400, "1 d"],
  [864_000, "10 d"],
  [8_640_000, "100 d"],
  [86_400_000, "1000 d"],
  [864_000_000, "10000 d"],
  [8_640_000_000, "100000 d"],
].map(([seconds, label]) => ({ seconds: seconds as number, label: label as string }));

/** The smallest round number that is not below; the largest there is for what is beyond it. */
const above = (seconds: number): number =>
  (ROUND.find((tick) => tick.seconds >= seconds) ?? ROUND.at(-1)!).seconds;

/** The largest round number that is not above; the smallest there is for what is below it. */
const below = (seconds: number): number =>
  (ROUND.findLast((tick) => tick.seconds <= seconds) ?? ROUND[0]!).seconds;

/**
 * An axis on which 0.4 ms, 1.25 s and 3 h can be seen together: straight around zero, logarithmic on both sides of it
 * (a symmetric logarithm, sign(x)·log(1 + |x|/c); J. Webber, "A bi-symmetric log transformation for wide-range data", Measurement Science and Technology 24, 2013).
 */
export class OffsetScale {
  private readonly straight: number;
  private readonly low: number;
  private readonly span: number;

  /**
   * @param values all that is to be seen, in seconds, finite
   * @param width cells of the axis, at least 3
   */
  constructor(
    values: readonly number[],
    private readonly width: number,
  ) {
    const sizes = values.map(Math.abs).filter((size) => size > 0);
    // What is smaller than the smallest thing to be seen needs no room of its own.
    this.straight = sizes.length > 0 ? below(Math.min(...sizes)) : 1;
    const extent = (side: 1 | -1) => above(Math.max(this.straight, ...values.map((value) => value * side)));
    this.low = this.bent(-extent(-1));
    this.span = this.bent(extent(1)) - this.low;
  }

  private bent(seconds: number): number {
    return Math.sign(seconds) * Math.log10(1 + Math.abs(seconds) / this.straight);
  }

  /** The cell of a value; what is beyond the axis is at its end. */
  cell(seconds: number): number {
    const at = ((this.bent(seconds) - this.low) / this.span) * (this.width - 1);
    return Math.min(this.width - 1, Math.max(0, Math.round(at)));
  }

  /** The round numbers on the axis, nought in the middle of them, from left to right. */
  ticks(): Tick[] {
    const shown =
      (sign: 1 | -1) =>
      ({ seconds }: Tick) =>
        seconds >= this.straight &&
        this.bent(sign * seconds) >= this.low - 1e-9 &&
        this.bent(sign * seconds) <= this.low + this.span + 1e-9;
    const signed = (sign: 1 | -1, { seconds, label }: Tick): Tick => ({
      seconds: sign * seconds,
      label: `${sign < 0 ? "-" : "+"}${label}`,
    });
    return [
      ...ROUND.filter(shown(-1))
        .reverse()
        .map((tick) => signed(-1, tick)),
      { seconds: 0, label: "0" },
      ...ROUND.filter(shown(1)).map((tick) => signed(1, tick)),
    ];
  }
}
