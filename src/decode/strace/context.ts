import type { Event } from "../../model/event.js";
import { type Annotation, type Endpoint, readAnnotation } from "./address.js";
import type { Call } from "./calls.js";
import type { Decisions } from "./decisions.js";
import type { Glance } from "./kinds.js";
import { Known } from "./known.js";
import type { Process, Processes, Thread } from "./processes.js";
import type { Piece } from "./sockets.js";
import { DNS_PORT, Socket } from "./sockets.js";

/** What `-y` says of descriptors: with each call the same again. */
const ANNOTATIONS = new Known<Annotation>();

const isSame = (a: Endpoint, b: Endpoint | undefined): boolean => a.ip === b?.ip && a.port === b.port;

/** What the handlers of calls share. */
export class Context {
  constructor(
    readonly processes: Processes,
    readonly decisions: Decisions,
    readonly emit: (event: Event) => void,
  ) {}

  /** Waits whose length only the thread's next stamp tells. */
  private readonly unmeasured = new Map<number, { piece: Piece; from: number }>();

  /** The wait `piece` of a thread shows no length: its next stamp will. */
  untimed(thread: number, piece: Piece): void {
    if (this.unmeasured.size < 1024) this.unmeasured.set(thread, { piece, from: piece.cite.time });
  }

  /** Will the time of the thread's next record tell how long it waited? */
  awaits(thread: number): boolean {
    return this.unmeasured.size > 0 && this.unmeasured.has(thread);
  }

  /** The thread's next record, at `time`: its wait was over by then. */
  measure(thread: number, time: number): void {
    if (this.unmeasured.size === 0) return;
    const open = this.unmeasured.get(thread);
    if (open === undefined) return;
    this.unmeasured.delete(thread);
    const spent = time - open.from;
    // Later by a second, the thread did something else in between that is not in the trace.
    if (spent >= open.piece.ms * 900 && spent <= open.piece.ms * 1000 + 1_000_000) open.piece.spent = spent;
  }

  thread(call: Call): Thread {
    return this.processes.thread(call.thread);
  }

  /** The socket that the call's first argument stands for; what `-y` says of it corrects and completes the table. */
  socketOf(call: Call, process: Process, fd: number): Socket | undefined {
    const { note } = call;
    return note === undefined ? process.socket(fd) : this.annotated(process, fd, note);
  }

  /** The socket of a descriptor that `-y` or `-yy` annotates. */
  annotated(process: Process, fd: number, note: string): Socket | undefined {
    const known = process.socket(fd);
    const { protocol, inode, local, remote } = ANNOTATIONS.of(note, readAnnotation);
    if (remote?.port === DNS_PORT) process.dns = true;
    if (protocol === "other") {
      if (known !== undefined) this.close(process, fd, undefined);
      return undefined;
    }
    if (known !== undefined) {
      const reused =
        (inode !== undefined && known.inode !== undefined && inode !== known.inode) ||
        (remote !== undefined &&
          known.server !== undefined &&
          (remote.ip !== known.server.ip || remote.port !== known.server.port)) ||
        (protocol !== "socket" && known.transport !== undefined && protocol !== known.transport);
      if (!reused) {
        if (inode !== undefined) known.inode = inode;
        if (local !== undefined) known.local = local;
        if (remote !== undefined) known.server ??= remote;
        if (protocol !== "socket") known.transport ??= protocol;
        return known;
      }
      this.close(process, fd, undefined);
    }
    if (protocol === "socket") return undefined; // -y alone: of any family
    const socket = new Socket(protocol);
    socket.inode = inode;
    socket.local = local;
    socket.server = remote;
    this.processes.put(process, fd, socket, false);
    return socket;
  }

  /** Does what `-y` says of a thread's descriptor tell nothing new: would {@link annotated} change nothing as things stand? */
  knows({ thread, fd }: Pick<Glance, "thread" | "fd">, note: string | undefined): boolean {
    const process = this.processes.known(thread)?.process;
    if (process === undefined || note === undefined) return false;
    const { protocol, inode, local, remote } = ANNOTATIONS.of(note, readAnnotation);
    if (remote?.port === DNS_PORT && !process.dns) return false;
    const socket = process.socket(fd);
    if (socket === undefined) return protocol === "other" || protocol === "socket";
    return (
      (protocol === "socket" || protocol === socket.transport) &&
      (inode === undefined || inode === socket.inode) &&
      (local === undefined || isSame(local, socket.local)) &&
      (remote === undefined || isSame(remote, socket.server))
    );
  }

  /** A socket from before the trace, told by an internet address in the call. */
  inferSocket(process: Process, fd: number): Socket {
    const socket = new Socket(undefined);
    this.processes.put(process, fd, socket, false);
    return socket;
  }

  /**
   * A descriptor is closed, or turned out to stand for something else. With its last descriptor a socket's questions are given up.
   * @param proof the record of the close; `undefined` when it was not seen, so that nobody knows when it was
   */
  close(process: Process, fd: number, proof: Event | undefined): void {
    const what = this.processes.drop(process, fd);
    if (what?.kind !== "socket" || what.references > 0) return;
    for (const asked of [...what.asked]) {
      if (proof !== undefined) {
        const silence = process.showsAnswers(what);
        if (this.decisions.giveUp(asked, process, proof, { ticks: true, silence })) continue;
      } else if (
        asked.firm &&
        this.decisions.giveUp(asked, process, asked.pieces.at(-1)!.cite, { ticks: false, silence: false })
      )
        continue;
      this.decisions.settle(asked, process);
    }
  }
}
