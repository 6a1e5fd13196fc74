import type { Clue } from "../../../../src/clock/align/clue.js";
import type { Lapse } from "../../../../src/clock/align/solution.js";
import type { Random } from "./random.js";
import type { TrueClock } from "./true-clock.js";
import type { Exchange, World } from "./world.js";

export const KINDS = [
  "capture",
  "trace",
  "trace without stamps",
  "resolver log",
  "access log",
  "service log",
  "journal",
  "syslog",
] as const;
export type SourceKind = (typeof KINDS)[number];

/** What one source recorded, and the truth of it. */
export interface Recorded {
  kind: SourceKind;
  clock: TrueClock;
  clues: Clue[];
  /** About when what a clue tells of truly happened, by the clue's place. */
  happened: number[];
  /** True times at which it recorded something, ascending; of a trace without stamps: of each line, the first being line 1. */
  times: number[];
  lapses: Lapse[];
}

const SECOND = 1_000_000;
const OPEN = Number.POSITIVE_INFINITY;
/** What a source misses, of all it should have recorded. */
const LOSS = 0.015;

/** Records a world as a source of some kind would, and says what clues a reader takes from that. */
export class Recorder {
  readonly recorded: Recorded;
  /** True times between which it records. */
  private readonly from: number;
  private readonly to: number;

  constructor(
    private readonly random: Random,
    private readonly world: World,
    private readonly index: number,
    kind: SourceKind,
    clock: TrueClock,
  ) {
    const span = world.to - world.from;
    this.from = random.chance(0.25) ? world.from + random.between(0, 0.6) * span : world.from;
    this.to = random.chance(0.25) ? world.to - random.between(0, 0.6) * span : OPEN;
    this.recorded = { kind, clock, clues: [], happened: [], times: [], lapses: [] };
  }

  record(): Recorded {
    const { recorded } = this;
    if (recorded.kind === "capture") this.capture();
    else if (recorded.kind === "trace") this.trace(true);
    else if (recorded.kind === "trace without stamps") this.trace(false);
    else if (recorded.kind === "resolver log") this.resolverLog();
    else if (recorded.kind === "access log") this.accessLog();
    else this.lines();
    recorded.times.sort((x, y) => x - y);
    return recorded;
  }

  private isMissed(time: number): boolean {
    return !(time >= this.from && time <= this.to) || this.random.chance(LOSS);
  }

  /** In whole µs, as all stamps are read. */
  private stamp(time: number): number {
    return Math.floor(this.recorded.clock.read(time));
  }

  /** A clue with its window; `at` is about the true time. */
  private give(key: string, at: number, lo: number, hi: number): void {
    const { clues, happened } = this.recorded;
    const record = { source: this.index, line: clues.length + 1, offset: 0, length: 1 };
    clues.push({ key, source: this.index, lo, hi, record });
    happened.push(at);
  }

  /** Somewhere between asker and server, on one or two interfaces; packets are not quite in the order of time in the file. */
  private capture(): void {
    // On the asker's own host it is known how long ago a packet can have been sent.
    const isBeside = this.random.chance(0.4);
    const place = isBeside ? 0 : this.random.next();
    const copies = this.random.chance(0.3) ? 2 : 1;
    const passing = (from: number, to: number): number[] => {
      const seen: number[] = [];
      for (let i = 0; i < copies; i++) {
        const part = Math.min(1, Math.max(0, place + i * 0.2));
        const at = from + part * (Number.isNaN(to) ? 50 : to - from);
        if (!this.isMissed(at)) seen.push(at);
      }
      return seen;
    };
    for (const { kind, name, question, answer } of this.world.exchanges) {
      const asked = passing(question.sent, question.got);
      const told = answer ? passing(answer.got, answer.sent).reverse() : [];
      this.passed(`${kind}.question`, name, asked, isBeside ? 500 : OPEN);
      this.passed(`${kind}.answer`, name, told, OPEN);
      if (asked.length > 0 && told.length > 0)
        this.give(
          `${kind}.served ${name}${kind === "http" ? ` ${question.sent}` : ""}`,
          question.got,
          this.stamp(asked.at(-1)!),
          this.stamp(told[0]!),
        );
      const lookup = name.slice(name.indexOf(" ") + 1);
      if (kind === "dns" && asked.length > 0)
        this.give(`dns.lookup.got ${lookup}`, question.got, this.stamp(asked.at(-1)!), OPEN);
      if (kind === "dns" && told.length > 0)
        this.give(`dns.lookup.answered ${lookup}`, question.got, -OPEN, this.stamp(told[0]!));
      if (kind === "http" && told.length > 0)
        this.give(`http.end.sent ${name}`, question.got, -OPEN, this.stamp(told[0]!));
    }
  }

  /** @param since it was sent no longer than this before it was seen */
  private passed(what: string, name: string, seen: readonly number[], since: number): void {
    if (seen.length === 0) return;
    this.recorded.times.push(...seen);
    this.give(`${what}.sent ${name}`, seen[0]!, this.stamp(seen[0]!) - since, this.stamp(seen[0]!));
    this.give(`${what}.got ${name}`, seen[0]!, this.stamp(seen.at(-1)!), OPEN);
  }

  /** The asker's system calls: each exchange in a thread of its own. Its lines are stamped where calls begin, or not at all. */
  private trace(isStamped: boolean): void {
    const { random, recorded } = this;
    const from = this.from;
    const lines: { at: number; exchange: Exchange; part: number }[] = [];
    for (const exchange of this.world.exchanges) {
      const { question, answer, waited } = exchange;
      const entry = question.sent - random.between(2, 80);
      const waits = question.sent + random.between(2, 80);
      if (entry < from || waits > this.to) continue;
      lines.push({ at: entry, exchange, part: 0 }, { at: waits, exchange, part: 1 });
      const next =
        waited === undefined ? answer!.got + random.between(2, 80) : waits + waited + random.between(20, 90);
      if (next <= this.to) lines.push({ at: next, exchange, part: 2 });
    }
    lines.sort((x, y) => x.at - y.at);
    const places = new Map<Exchange, number[]>();
    for (const [i, { at, exchange, part }] of lines.entries()) {
      recorded.times.push(at);
      const own = places.get(exchange) ?? [];
      own[part] = isStamped ? this.stamp(at) : i + 1;
      places.set(exchange, own);
    }
    let thread = 0;
    for (const [{ kind, name, question, answer, waited }, [entry, waits, next]] of places) {
      thread++;
      this.give(`${kind}.question.sent ${name}`, question.sent, entry!, waits!);
      if (next === undefined) continue;
      if (answer) this.give(`${kind}.answer.got ${name}`, answer.got, waits!, next);
      else if (!isStamped) recorded.lapses.push({ line: waits!, end: next - 1, thread, span: waited! });
    }
    recorded.lapses.sort((x, y) => x.line - y.line);
  }

  /** Whole seconds, and no id: written down between the question's coming and the answer's going. */
  private resolverLog(): void {
    for (const { kind, name, question, answer } of this.world.exchanges) {
      const at = this.random.between(question.got, answer?.sent ?? question.got + 300);
      if (kind !== "dns" || this.isMissed(at)) continue;
      const lookup = name.slice(name.indexOf(" ") + 1);
      this.recorded.times.push(at);
      this.give(`dns.lookup.got ${lookup}`, at, -OPEN, this.second(at) + SECOND - 1);
      if (answer) this.give(`dns.lookup.answered ${lookup}`, at, this.second(at), OPEN);
    }
  }

  /** Whole seconds, at the end of the request, by a clock that was read somewhat earlier. */
  private accessLog(): void {
    for (const { kind, name, answer } of this.world.exchanges) {
      if (kind !== "http" || !answer || this.isMissed(answer.sent)) continue;
      const read = answer.sent - this.random.between(0, 20);
      this.recorded.times.push(read);
      const second = this.second(read);
      this.give(`http.end.sent ${name}`, read, second, second + SECOND - 1 + 20);
      this.give(`http.question.got ${name}`, read, -OPEN, second + SECOND - 1 + 20);
    }
  }

  /** A daemon's own log has its stamps; a journal has these inside and its own outside; syslog has whole seconds. */
  private lines(): void {
    const { kind } = this.recorded;
    for (const { stamped, written, text } of this.world.lines) {
      const received = written + this.random.between(1, 300);
      if (this.isMissed(received)) continue;
      const inner = `log ${stamped}`;
      this.recorded.times.push(kind === "service log" ? stamped : received);
      if (kind === "service log") this.give(inner, stamped, this.stamp(stamped), this.stamp(stamped));
      else if (kind === "journal") {
        this.give(inner, stamped, -OPEN, this.stamp(received));
        this.give(`copy ${text}`, received, this.stamp(received) - 1000, this.stamp(received));
      } else {
        const second = this.second(received);
        this.give(`copy ${text}`, received, second - 1000, second + SECOND - 1);
      }
    }
  }

  private second(time: number): number {
    return Math.floor(this.stamp(time) / SECOND) * SECOND;
  }
}
