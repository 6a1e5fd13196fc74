import type { Event } from "../../model/event.js";
import type { Asked } from "./sockets.js";
import { type Descriptor, type Epoll, MAX_DESCRIPTORS, type Socket } from "./sockets.js";

/** More threads than this at once: the one seen first is forgotten. */
const MAX_THREADS = 4096;
/** Descriptors of all processes together; beyond it, forks begin with an empty table. */
const MAX_ALL_DESCRIPTORS = 200_000;
/** Threads that are found at once; a power of two. */
const RECENT = 64;
/** Open questions of one process. */
const MAX_OPEN = 256;

/** The thread id of a trace that prints none. */
export const UNNAMED = -1;

/** What threads share: descriptors and questions. */
export class Process {
  threads = 0;
  readonly descriptors = new Map<number, Descriptor>();
  /** Open questions on all its sockets, oldest first. */
  asked: Asked[] = [];
  /** Questions seen to be sent, and answers seen to be read. */
  questions = 0;
  answers = 0;
  /** Some socket of it is connected to a DNS server. */
  dns = false;

  /** @param known its threads are known to share descriptors: their clone was seen */
  constructor(
    public pid: number,
    public known: boolean,
  ) {}

  /** Whether an answer, had one come, would be in the trace: silence proves nothing where receives are filtered out. */
  showsAnswers(socket: Socket): boolean {
    return socket.listened || this.answers > 0;
  }

  socket(fd: number): Socket | undefined {
    const what = this.descriptors.get(fd)?.what;
    return what?.kind === "socket" ? what : undefined;
  }

  epoll(fd: number): Epoll | undefined {
    const what = this.descriptors.get(fd)?.what;
    return what?.kind === "epoll" ? what : undefined;
  }

  open(asked: Asked): void {
    this.asked.push(asked);
    if (this.asked.length > MAX_OPEN)
      this.asked = this.asked.filter((each) => !each.over).slice(-MAX_OPEN / 2);
  }
}

/** A call whose first half was printed. */
export interface Unfinished {
  name: string;
  args: string;
  record: Event;
}

/** A wait that a signal interrupted, with what it waited for. */
export interface Interrupted {
  sockets: readonly Socket[];
  ms: number;
  call: string;
}

export class Thread {
  unfinished: Unfinished | undefined;
  interrupted: Interrupted | undefined;

  constructor(
    public id: number,
    public process: Process,
  ) {}
}

/** All threads of a trace and who shares what with whom. */
export class Processes {
  private readonly threads = new Map<number, Thread>();
  /** Threads in clone, whose child may show up before the call's end is printed. */
  private readonly cloning = new Set<Thread>();
  private readonly announced = new Set<number>();
  /** Threads of unknown origin are taken for one process until they contradict that. */
  private strangers: Process | undefined;
  private descriptors = 0;
  /** Threads that were asked for lately, by the lower bits of their ids: each line of a trace asks for one. */
  private readonly recent: (Thread | undefined)[] = Array(RECENT).fill(undefined);

  /** @param onGone takes the processes whose last thread ended or was forgotten */
  constructor(private readonly onGone: (process: Process) => void) {}

  /** The thread with this id, made known when it is new. */
  thread(id: number): Thread {
    return this.threads.get(id) ?? this.newcomer(id);
  }

  /** The thread with this id, if it was seen before. */
  known(id: number): Thread | undefined {
    const recent = this.recent[id & (RECENT - 1)];
    if (recent?.id === id) return recent;
    const thread = this.threads.get(id);
    if (thread) this.recent[id & (RECENT - 1)] = thread;
    return thread;
  }

  /** Forgets everybody. */
  clear(): void {
    this.threads.clear();
    this.recent.fill(undefined);
    this.cloning.clear();
    this.announced.clear();
    this.strangers = undefined;
    this.descriptors = 0;
  }

  /** `Process N attached`: N is somebody's child or was attached by hand, so it is not who was traced without a name. */
  announce(id: number): void {
    if (this.announced.size < MAX_THREADS && !this.threads.has(id)) this.announced.add(id);
  }

  beginClone(thread: Thread): void {
    if (this.cloning.size < 64) this.cloning.add(thread);
  }

  /** Would {@link endClone} change anything, of a call whose beginning was not shown by itself? Not where both are known to be of one process. */
  learnsOf(parent: Thread, child: number): boolean {
    if (this.cloning.has(parent)) return true;
    if (!(child > 0)) return false;
    return !parent.process.known || this.threads.get(child)?.process !== parent.process;
  }

  /** clone, fork and vfork returned `child` to `parent`. */
  endClone(parent: Thread, child: number, shares: boolean): void {
    this.cloning.delete(parent);
    if (!(child > 0)) return;
    const known = this.threads.get(child);
    if (known === undefined) {
      this.add(this.childOf(child, parent, shares));
      return;
    }
    // The child's first calls came before the end of the clone.
    if (shares && known.process !== parent.process && !known.process.known) this.move(known, parent.process);
    if (shares) parent.process.known = true;
  }

  /** A call of a stranger contradicts that it shares its descriptors with the others. */
  separate(thread: Thread): void {
    if (thread.process.known || thread.process.threads < 2) return;
    this.move(thread, new Process(thread.id, false));
  }

  exit(id: number): void {
    const thread = this.threads.get(id);
    if (thread !== undefined) this.forget(thread);
  }

  /** A descriptor, which stands for nothing, now stands for `what`. */
  put(process: Process, fd: number, what: Socket | Epoll, cloexec: boolean): void {
    if (process.descriptors.size >= MAX_DESCRIPTORS)
      this.drop(process, process.descriptors.keys().next().value!);
    process.descriptors.set(fd, { what, cloexec });
    this.descriptors++;
  }

  /** A descriptor stands for nothing any more. Gives what it stood for. */
  drop(process: Process, fd: number): Socket | Epoll | undefined {
    const what = process.descriptors.get(fd)?.what;
    if (what === undefined) return undefined;
    process.descriptors.delete(fd);
    this.descriptors--;
    what.references--;
    return what;
  }

  private newcomer(id: number): Thread {
    const unnamed = this.threads.get(UNNAMED);
    if (unnamed !== undefined && id !== UNNAMED && !this.announced.has(id)) {
      // On a terminal strace names nobody while there is only one thread: this is its name.
      this.threads.delete(UNNAMED);
      unnamed.id = id;
      if (unnamed.process.pid === UNNAMED) unnamed.process.pid = id;
      this.threads.set(id, unnamed);
      return unnamed;
    }
    this.announced.delete(id);
    if (this.cloning.size === 1) {
      const [parent] = this.cloning;
      return this.add(this.childOf(id, parent!, sharesFiles(parent!.unfinished?.args ?? "")));
    }
    if (this.strangers === undefined || this.strangers.threads === 0) this.strangers = new Process(id, false);
    return this.add(new Thread(id, this.strangers));
  }

  private childOf(id: number, parent: Thread, shares: boolean): Thread {
    if (shares) {
      parent.process.known = true;
      return new Thread(id, parent.process);
    }
    const process = new Process(id, true);
    const { descriptors } = parent.process;
    if (this.descriptors + descriptors.size <= MAX_ALL_DESCRIPTORS) {
      for (const [fd, { what, cloexec }] of descriptors) {
        what.references++;
        process.descriptors.set(fd, { what, cloexec });
      }
      this.descriptors += descriptors.size;
    }
    return new Thread(id, process);
  }

  private add(thread: Thread): Thread {
    if (this.threads.size >= MAX_THREADS) this.forget(this.threads.values().next().value!);
    this.threads.set(thread.id, thread);
    thread.process.threads++;
    return thread;
  }

  private move(thread: Thread, process: Process): void {
    const before = thread.process;
    before.threads--;
    for (const [fd, descriptor] of before.threads === 0 ? before.descriptors : []) {
      if (!process.descriptors.has(fd)) process.descriptors.set(fd, descriptor);
    }
    process.asked.push(...(before.threads === 0 ? before.asked : []));
    process.threads++;
    thread.process = process;
  }

  private forget(thread: Thread): void {
    this.threads.delete(thread.id);
    this.recent[thread.id & (RECENT - 1)] = undefined;
    this.cloning.delete(thread);
    const { process } = thread;
    if (--process.threads > 0) return;
    this.onGone(process);
    this.descriptors -= process.descriptors.size;
    for (const { what } of process.descriptors.values()) what.references--;
  }
}

/** Whether clone's arguments make a thread: it shares descriptors and counts as the same process. */
export function sharesFiles(args: string): boolean {
  return args.includes("CLONE_FILES") || args.includes("CLONE_THREAD");
}
