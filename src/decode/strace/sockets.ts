import type { Event } from "../../model/event.js";
import type { Endpoint } from "./address.js";

/** The port of DNS servers (RFC 1035). */
export const DNS_PORT = 53;

/** More descriptors than this in one process: the oldest are forgotten. */
export const MAX_DESCRIPTORS = 4096;

/** A wait for an answer that ended without one, or was interrupted. */
export interface Piece {
  cite: Event;
  /** Where the call was resumed, when it had been unfinished. */
  end?: Event | undefined;
  call: string;
  /** The argument, ms. */
  ms: number;
  /** µs it took; NaN when neither `-T` nor stamps tell. */
  spent: number;
}

/** A question that was sent and, as far as the trace shows, not answered. */
export interface Asked {
  /** -1: the buffer did not show it. */
  id: number;
  name: string | undefined;
  nameCut: boolean;
  type: string | undefined;
  server: Endpoint | undefined;
  socket: Socket;
  fd: number;
  thread: number;
  /** The records of the send; empty when only the wait was traced. */
  cites: readonly Event[];
  /** When it was sent: earliest and latest, µs; NaN unplaced. */
  time: number;
  latest: number;
  pieces: Piece[];
  /** All its timed-out waits together, ms. */
  waited: number;
  /** The argument of a wait that a signal interrupted and that goes on with what is left of it, ms. */
  interrupted: number;
  /** Some wait lasted long enough to be a client's patience. */
  firm: boolean;
  /** Decided or answered: no longer in any list. */
  over: boolean;
}

/** An internet socket: what several descriptors, also of several processes, may stand for. */
export class Socket {
  readonly kind = "socket";
  nonblocking = false;
  /** SO_RCVTIMEO in ms, 0 when none. */
  receiveTimeout = 0;
  /** connect's address. */
  server: Endpoint | undefined;
  local: Endpoint | undefined;
  inode: string | undefined;
  /** Descriptors that stand for it. */
  references = 1;
  /** A connect has been begun and its outcome is not known. */
  connecting = false;
  /** Something was seen to be sent or received. */
  traffic = false;
  /** A receive was seen, even one that found nothing: then answers would be seen, too. */
  listened = false;
  /** Open questions, oldest first. */
  asked: Asked[] = [];

  constructor(public transport: "udp" | "tcp" | undefined) {}

  /** Is it (as far as known) used to ask a DNS server? */
  get dns(): boolean {
    return this.server?.port === DNS_PORT || this.asked.length > 0;
  }
}

/** An epoll instance: what it watches. */
export class Epoll {
  readonly kind = "epoll";
  references = 1;
  readonly watched = new Map<number, Socket>();
}

/** An entry of a descriptor table. */
export interface Descriptor {
  what: Socket | Epoll;
  /** Closed by exec. */
  cloexec: boolean;
}
