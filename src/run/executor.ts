import { type StageClock, UNTIMED } from "./stages.js";

/** Threads that do jobs. Jobs and results are plain data. */
export interface Pool<Job, Result> {
  /** How many jobs are worth sending before the first result has come back. */
  readonly slots: number;
  run(job: Job): Promise<Result>;
  close(): Promise<void>;
}

/** A job in line, under way, or done. */
export interface Ticket<Job, Result> {
  readonly job: Job;
  state: "waiting" | "sent" | "done";
  /** When done: gives the result, or throws what went wrong. */
  outcome?: () => Result;
  /** While sent: until it is done. */
  arrival?: Promise<void>;
}

/** Does a job in the calling thread; `now`: its result is used at once, and may be a part of it. */
export type Here<Job, Result> = (job: Job, now: boolean) => Result;

/** So many jobs lie ready for the calling thread, so that it need not wait for those that it sent away. */
const SPARE = 2;

/**
 * As long as none of a pool's threads has answered, they are starting, which may take as long as hundreds of jobs do: so many jobs, those that are
 * wanted next, are left to the calling thread at first, and it does what it wants, sent away or not.
 */
const HEAD_START = 4;

/**
 * Has jobs done by a pool of threads, and by the calling one whenever that would only wait; without a pool by the calling one alone,
 * when a result is taken. Who did a job makes no difference to its result.
 */
export class Executor<Job, Result> {
  /** Jobs that nobody has begun, the oldest first. */
  private waiting: Ticket<Job, Result>[] = [];
  private sent = 0;
  private expecting = false;
  private headStart = HEAD_START;

  /** @param hasAnswered the pool's threads count as started */
  constructor(
    private readonly here: Here<Job, Result>,
    private pool?: Pool<Job, Result>,
    private readonly stages: StageClock = UNTIMED,
    private hasAnswered = false,
  ) {}

  /** How many jobs it takes to keep everybody busy. */
  get width(): number {
    return this.pool ? this.pool.slots + SPARE : 0;
  }

  /** A pool is on its way: until it joins, the calling thread, which never waits alone, lets messages come in between jobs. */
  expect(): void {
    this.expecting = true;
  }

  /** A pool helps from now on. */
  join(pool: Pool<Job, Result>): void {
    this.expecting = false;
    this.pool = pool;
    this.send();
  }

  /** Puts a job in line. */
  submit(job: Job): Ticket<Job, Result> {
    const ticket: Ticket<Job, Result> = { job, state: "waiting" };
    this.waiting.push(ticket);
    this.send();
    return ticket;
  }

  /** The result of a job. Throws what the job threw. */
  async take(ticket: Ticket<Job, Result>): Promise<Result> {
    const before = this.stages.enter("wait");
    // What came while this thread was busy shows only now: who sent it has nothing to do until it gets the next.
    if (this.expecting || (this.pool && ticket.state !== "done")) await turn();
    const isStuck = ticket.state === "sent" && !this.hasAnswered;
    if (ticket.state === "waiting" || isStuck) this.doHere(ticket, true);
    while (ticket.state === "sent") {
      const other = this.waiting[0];
      if (other === undefined) await ticket.arrival;
      else {
        this.doHere(other, false);
        await turn();
      }
    }
    this.stages.enter(before);
    return ticket.outcome!();
  }

  /** Does a job that was not put in line, in the calling thread. Throws what the job throws. */
  now(job: Job): Result {
    const before = this.stages.enter("read");
    try {
      return this.here(job, true);
    } finally {
      this.stages.enter(before);
    }
  }

  /** Takes a job out of the line whose result nobody wants any more. */
  drop(ticket: Ticket<Job, Result>): void {
    this.waiting = this.waiting.filter((other) => other !== ticket);
  }

  private doHere(ticket: Ticket<Job, Result>, now: boolean): void {
    this.drop(ticket);
    ticket.state = "done";
    if (this.pool && this.headStart > 0) this.headStart--;
    const before = this.stages.enter("read");
    try {
      const result = this.here(ticket.job, now);
      ticket.outcome = () => result;
    } catch (error) {
      ticket.outcome = () => {
        throw error;
      };
    }
    this.stages.enter(before);
  }

  private send(): void {
    const { pool } = this;
    if (!pool) return;
    const kept = this.hasAnswered ? 0 : this.headStart;
    while (this.sent < pool.slots && this.waiting.length > kept) {
      const ticket = this.hasAnswered ? this.waiting.shift()! : this.waiting.pop()!;
      this.sent++;
      ticket.state = "sent";
      ticket.arrival = pool.run(ticket.job).then(
        (result) => {
          if (ticket.state === "sent") ticket.outcome = () => result;
          this.arrived(ticket);
        },
        // Whatever became of the thread, the job can be done here; what is wrong with the job itself shows again.
        () => {
          if (ticket.state === "sent") this.doHere(ticket, false);
          this.arrived(ticket);
        },
      );
    }
  }

  private arrived(ticket: Ticket<Job, Result>): void {
    ticket.state = "done";
    this.hasAnswered = true;
    this.sent--;
    this.send();
  }
}

/** Lets messages of other threads come in. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
