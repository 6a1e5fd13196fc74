import type { Endpoint } from "./address.js";
import type { Asked } from "./asked.js";

/** The port of DNS servers (RFC 1035). */
export const DNS_PORT = 53;

/** More descriptors than this in one process: the oldest are forgotten. */
export const MAX_DESCRIPTORS = 4096;

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
