import type { Random } from "./random.js";

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;

/** A clock as it truly goes: what it shows at a true time. All in µs. */
export class TrueClock {
  /** True times at which the rate changes, what the clock is ahead there, and its rate from there on. */
  private readonly turns: { at: number; ahead: number; rate: number }[] = [];
  /** The clock was set by `by` at a true time. */
  step: { at: number; by: number } | undefined;

  constructor(random: Random, from: number, to: number, maySteps: boolean) {
    let ahead = offset(random);
    const rate = random.chance(0.3) ? 0 : random.between(-100e-6, 100e-6);
    this.turns.push({ at: from, ahead, rate });
    if (random.chance(0.2)) {
      // Slewed for a while, as NTP does.
      const begin = random.between(from, to);
      const end = random.between(begin, to);
      ahead += rate * (begin - from);
      const slew = rate + random.between(-400e-6, 400e-6);
      this.turns.push({ at: begin, ahead, rate: slew });
      ahead += slew * (end - begin);
      this.turns.push({ at: end, ahead, rate });
    }
    if (maySteps)
      this.step = {
        at: random.between(from + (to - from) * 0.3, from + (to - from) * 0.7),
        by: random.between(3, 60) * SECOND * (random.chance(0.5) ? 1 : -1),
      };
  }

  /** What it shows, to the fraction. */
  read(time: number): number {
    let turn = this.turns[0]!;
    for (const each of this.turns) if (each.at <= time) turn = each;
    const stepped = this.step && time >= this.step.at ? this.step.by : 0;
    return time + turn.ahead + turn.rate * (time - turn.at) + stepped;
  }
}

/** From less than a millisecond to hours, whole time zones among them. */
function offset(random: Random): number {
  const kind = random.next();
  if (kind < 0.3) return random.between(-900, 900);
  if (kind < 0.65) return random.between(-20, 20) * SECOND;
  if (kind < 0.85) return random.whole(-12, 14) * HOUR + random.between(-0.05, 0.05) * SECOND;
  return random.between(-10, 10) * HOUR;
}
