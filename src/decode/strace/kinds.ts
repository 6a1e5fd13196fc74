import type { Part } from "../../scan/call-line.js";

/** What following descriptors takes from a call: calls that are followed alike. `NONE`: nothing. */
export const Kind = {
  NONE: 0,
  /** Makes or names a socket or an epoll; few, and all followed. */
  ALWAYS: 1,
  CLOSE: 2,
  DUPLICATE: 3,
  FCNTL: 4,
  IOCTL: 5,
  SET_OPTION: 6,
  GET_OPTION: 7,
  EPOLL_CONTROL: 8,
  EXEC: 9,
  SEND: 10,
  RECEIVE: 11,
  READ: 12,
  WRITE: 13,
  POLL: 14,
  SELECT: 15,
  EPOLL_WAIT: 16,
  CLONE: 17,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The calls that are followed. */
export const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["socket", Kind.ALWAYS],
  ["connect", Kind.ALWAYS],
  ["close", Kind.CLOSE],
  ["close_range", Kind.ALWAYS],
  ["dup", Kind.DUPLICATE],
  ["dup2", Kind.DUPLICATE],
  ["dup3", Kind.DUPLICATE],
  ["fcntl", Kind.FCNTL],
  ["fcntl64", Kind.FCNTL],
  ["ioctl", Kind.IOCTL],
  ["setsockopt", Kind.SET_OPTION],
  ["getsockopt", Kind.GET_OPTION],
  ["epoll_create", Kind.ALWAYS],
  ["epoll_create1", Kind.ALWAYS],
  ["epoll_ctl", Kind.EPOLL_CONTROL],
  ["execve", Kind.EXEC],
  ["execveat", Kind.EXEC],
  ["clone", Kind.CLONE],
  ["clone3", Kind.CLONE],
  ["fork", Kind.CLONE],
  ["vfork", Kind.CLONE],
  ["sendto", Kind.SEND],
  ["sendmsg", Kind.SEND],
  ["sendmmsg", Kind.SEND],
  ["send", Kind.SEND],
  ["write", Kind.WRITE],
  ["writev", Kind.WRITE],
  ["recvfrom", Kind.RECEIVE],
  ["recvmsg", Kind.RECEIVE],
  ["recvmmsg", Kind.RECEIVE],
  ["recv", Kind.RECEIVE],
  ["read", Kind.READ],
  ["readv", Kind.READ],
  ["poll", Kind.POLL],
  ["ppoll", Kind.POLL],
  ["select", Kind.SELECT],
  ["_newselect", Kind.SELECT],
  ["pselect6", Kind.SELECT],
  ["epoll_wait", Kind.EPOLL_WAIT],
  ["epoll_pwait", Kind.EPOLL_WAIT],
  ["epoll_pwait2", Kind.EPOLL_WAIT],
  ["restart_syscall", Kind.ALWAYS],
]);

/** What a short look at a call's record tells, whoever looked: at its bytes, or at the fields that its grammar gave. */
export interface Glance {
  readonly kind: Kind;
  readonly part: Part;
  /** The thread's id; `UNNAMED` when the record names none. */
  readonly thread: number;
  /** The first argument as a descriptor, -1 when it is none; of a second half it tells nothing. */
  readonly fd: number;
  /** The first argument is a descriptor that `-y` annotates. */
  readonly noted: boolean;
  /** The result as a number; NaN for `?`, and when there is none yet. */
  readonly value: number;
  /** Do the arguments have these words? */
  argsHave(words: string): boolean;
  /** Does what stands behind the result have these words? */
  restHas(words: string): boolean;
  /** Does the rest begin with this error's name? */
  failedWith(error: string): boolean;
  /** A wait for events that does not wait: its limit is 0 ms. */
  looksOnly(): boolean;
  /** Do the arguments have the mark of a DNS message? */
  isMarked(): boolean;
}
