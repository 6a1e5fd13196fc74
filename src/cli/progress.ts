/** How long something takes, for a person: `9 s`, `3 min`, `2 h`. */
function span(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/**
 * How far work has come, how fast it goes and how long it will take if it goes on so.
 * @param ms since it began
 */
export function progressLine(done: number, total: number, ms: number): string {
  const share = total > 0 ? Math.min(0.99, done / total) : 0;
  const rate = done / ms / 1000;
  const left = share > 0 ? `, ${span((ms / 1000) * (1 / share - 1))} left` : "";
  return `reading: ${Math.floor(100 * share)} % of ${(total / 1e6).toFixed(1)} MB, ${rate.toFixed(0)} MB/s${left}`;
}

/** A line on standard error that tells how far long work has come. */
export class Progress {
  private done = 0;
  private last = 0;
  private shown = false;
  private begun: number | undefined;
  private readonly active: boolean;

  /** @param wanted silent unless it is, and standard error is a terminal */
  constructor(wanted: boolean) {
    this.active = wanted && process.stderr.isTTY === true;
  }

  /** What an analysis calls with the bytes read since the last call, and with all that there are to read. */
  readonly take = (bytes: number, total: number): void => {
    this.done += bytes;
    if (!this.active) return;
    const now = performance.now();
    this.begun ??= now;
    const ms = now - this.begun;
    if (ms < 500 || ms - this.last < 100) return;
    this.last = ms;
    this.shown = true;
    process.stderr.write(`\r\x1b[K${progressLine(this.done, total, ms)}`);
  };

  end(): void {
    if (this.shown) process.stderr.write("\r\x1b[K");
  }
}
