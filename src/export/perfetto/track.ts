/** One trace event of the Chrome trace format, without the time's unit: µs after the origin of the trace. */
export type TraceEvent = Readonly<Record<string, unknown>>;

/**
 * Numbers processes and threads, and tells their names and order when they are first used. Numbers are unique over both: viewers take a
 * thread with its process' number for the main one.
 */
export class Tracks {
  private last = 0;
  private readonly processes = new Map<string, number>();
  private readonly threads = new Map<string, number>();
  private told: TraceEvent[] = [];

  /** @param sortIndex processes are shown in the order of it */
  process(name: string, sortIndex: number): number {
    const known = this.processes.get(name);
    if (known !== undefined) return known;
    const pid = ++this.last;
    this.processes.set(name, pid);
    this.tell("process_name", pid, pid, { name });
    this.tell("process_sort_index", pid, pid, { sort_index: sortIndex });
    return pid;
  }

  /** @param key tells threads of one name apart */
  thread(pid: number, name: string, sortIndex: number, key = name): number {
    const place = `${pid}/${key}`;
    const known = this.threads.get(place);
    if (known !== undefined) return known;
    const tid = ++this.last;
    this.threads.set(place, tid);
    this.tell("thread_name", pid, tid, { name });
    this.tell("thread_sort_index", pid, tid, { sort_index: sortIndex });
    return tid;
  }

  /** What viewers must be told of tracks that are new since the last call. */
  news(): TraceEvent[] {
    const { told } = this;
    this.told = [];
    return told;
  }

  private tell(name: string, pid: number, tid: number, args: TraceEvent): void {
    this.told.push({ name, ph: "M", pid, tid, args });
  }
}

/** Microseconds with nanoseconds as decimals: what a double keeps of a time near the origin. */
export const microseconds = (us: number): number => Number(us.toFixed(3));
