import { Part } from "../../scan/call-line.js";
import { Fact, FactAt, TAG_BITS, tagOf } from "../../scan/facts.js";
import { type Glance, Kind } from "./kinds.js";
import type { Process, Processes, Thread } from "./processes.js";
import { DNS_PORT, type Socket } from "./sockets.js";

/** Until so many records have passed it is not sure that they are in order, and only then can descriptors be followed. */
export const LOOKED_AT_FIRST = 2048;

/** By kind: the facts of which a record must have one to be withheld in a hurry. Those of other kinds, and others of these, are rare, or need their text. */
const HURRIED: readonly number[] = [...Array(TAG_BITS + 1).keys()].map((kind) => {
  switch (kind) {
    case Kind.CLOSE:
    case Kind.FCNTL:
    case Kind.EPOLL_WAIT:
      return Fact.CALL;
    case Kind.READ:
      return Fact.BEGUN | Fact.DONE | Fact.AGAIN;
    case Kind.WRITE:
      return Fact.BEGUN | Fact.ENDED;
    default:
      return 0;
  }
});

/**
 * Passes on the records that following descriptors must see, and withholds those that change nothing as things stand: a file
 * is closed, data is read from a connection that asks no name server. Whoever asked from the text of a record need
 * not read the others.
 */
export class Sieve {
  private seen = 0;

  /**
   * @param awaited tells of a thread whether its next record's time is of use
   * @param first so many records are all passed on
   */
  constructor(
    private readonly processes: Processes,
    private readonly awaited: (thread: number) => boolean,
    private readonly first: number,
  ) {}

  /**
   * Does the record matter? One that does not is done with: what its call may have left open is closed. To be asked about one that
   * does again changes nothing.
   */
  passes(glance: Glance): boolean {
    if (this.seen < this.first) return true;
    const thread = this.processes.known(glance.thread);
    if (thread === undefined || this.awaited(glance.thread) || matters(glance, thread, this.processes))
      return true;
    thread.unfinished = undefined;
    return false;
  }

  /**
   * The same in a hurry, from what a scanner noted (facts from `at` on): withholds a record, and takes note of it, where the descriptor
   * stands for nothing, or where the call's beginning was withheld. So it is with nearly all. False: ask {@link passes}.
   */
  withholds(facts: Int32Array, at: number): boolean {
    const thread = this.idleThread(facts, at);
    if (thread === undefined) return false;
    if ((facts[at + FactAt.BITS]! & Fact.ENDED) === 0) thread.unfinished = undefined;
    this.seen++;
    return true;
  }

  /** Would it be withheld as things stand, and also if `fd` stood for a socket on which something is asked? */
  wouldWithhold(facts: Int32Array, at: number, fd: number): boolean {
    const bits = facts[at + FactAt.BITS]!;
    if (tagOf(bits) === Kind.EPOLL_WAIT || this.idleThread(facts, at) === undefined) return false;
    return (bits & Fact.ENDED) !== 0 || facts[at + FactAt.FD] !== fd;
  }

  /** Have so many records passed that some may be withheld? */
  get isOpen(): boolean {
    return this.seen >= this.first;
  }

  /** The thread of a record that can be withheld in a hurry. */
  private idleThread(facts: Int32Array, at: number): Thread | undefined {
    const bits = facts[at + FactAt.BITS]!;
    const kind = tagOf(bits);
    if ((bits & HURRIED[kind]!) === 0 || (bits & (Fact.NOTED | Fact.DUPLICATES)) !== 0) return undefined;
    if (!this.isOpen) return undefined;
    const thread = this.processes.known(facts[at + FactAt.THREAD]!);
    if (thread === undefined || this.awaited(facts[at + FactAt.THREAD]!)) return undefined;
    if ((bits & Fact.ENDED) !== 0) return thread.unfinished === undefined ? thread : undefined;
    const { asked, descriptors } = thread.process;
    return (kind === Kind.EPOLL_WAIT ? asked.length > 0 : descriptors.has(facts[at + FactAt.FD]!))
      ? undefined
      : thread;
  }

  /** Takes note of a record that was passed on, or withheld. */
  count(): void {
    this.seen++;
  }
}

function matters(glance: Glance, thread: Thread, processes: Processes): boolean {
  const { kind, part } = glance;
  if (kind === Kind.ALWAYS) return true;
  if (part === Part.ENDED) return thread.unfinished !== undefined;
  const { process } = thread;
  switch (kind) {
    case Kind.CLONE:
      return part !== Part.WHOLE || processes.learnsOf(thread, glance.value);
    case Kind.CLOSE:
      return process.descriptors.has(glance.fd);
    case Kind.IOCTL:
      return process.socket(glance.fd) !== undefined;
    case Kind.FCNTL:
      return process.socket(glance.fd) !== undefined || glance.argsHave("F_DUPFD");
    case Kind.SET_OPTION:
    case Kind.GET_OPTION:
      return glance.noted || process.socket(glance.fd) !== undefined;
    case Kind.READ:
    case Kind.WRITE:
    case Kind.SEND:
    case Kind.RECEIVE:
      return glance.noted || carries(glance, process.socket(glance.fd));
    case Kind.EPOLL_WAIT:
      return process.asked.length > 0;
    case Kind.POLL:
    case Kind.SELECT:
      return mayWait(process, glance);
    default:
      return true;
  }
}

/** Data, or a failure to send or receive it, on this socket. */
function carries(glance: Glance, socket: Socket | undefined): boolean {
  const { kind, part, value } = glance;
  if (socket === undefined) {
    // One from before the trace shows itself by an address.
    if (kind === Kind.SEND) return value !== -1 && glance.argsHave("sin");
    return kind === Kind.RECEIVE && (part === Part.BEGUN || (value > 0 && glance.argsHave("(53)")));
  }
  if (socket.server === undefined || socket.server.port === DNS_PORT || socket.connecting) return true;
  if (part === Part.BEGUN) return kind === Kind.SEND || kind === Kind.RECEIVE;
  return value === -1 && !glance.failedWith("EAGAIN");
}

/** A wait that may be for a name server: something is open, or a socket to one is in sight. */
export function mayWait(process: Process, wait: Pick<Glance, "argsHave">): boolean {
  return process.asked.length > 0 || wait.argsHave(":53]") || (process.dns && process.questions === 0);
}
