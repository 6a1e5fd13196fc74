import type { Call } from "./calls.js";
import type { Context } from "./context.js";
import * as descriptors from "./descriptors.js";
import { onReceive } from "./receiving.js";
import { onSend } from "./sending.js";
import { onEpollWait, onPoll, onRestart, onSelect } from "./waiting.js";

/** Follows one call. */
export type Handler = (context: Context, call: Call) => void;

/** What follows each call that makes, breaks or uses a socket. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["socket", descriptors.onSocket],
  ["connect", descriptors.onConnect],
  ["close", descriptors.onClose],
  ["close_range", descriptors.onCloseRange],
  ["dup", descriptors.onDup],
  ["dup2", descriptors.onDup],
  ["dup3", descriptors.onDup],
  ["fcntl", descriptors.onFcntl],
  ["fcntl64", descriptors.onFcntl],
  ["ioctl", descriptors.onIoctl],
  ["setsockopt", descriptors.onSetOption],
  ["getsockopt", descriptors.onGetOption],
  ["epoll_create", descriptors.onEpollCreate],
  ["epoll_create1", descriptors.onEpollCreate],
  ["epoll_ctl", descriptors.onEpollControl],
  ["execve", descriptors.onExec],
  ["execveat", descriptors.onExec],
  ["sendto", onSend],
  ["sendmsg", onSend],
  ["sendmmsg", onSend],
  ["send", onSend],
  ["write", onSend],
  ["writev", onSend],
  ["recvfrom", onReceive],
  ["recvmsg", onReceive],
  ["recvmmsg", onReceive],
  ["recv", onReceive],
  ["read", onReceive],
  ["readv", onReceive],
  ["poll", onPoll],
  ["ppoll", onPoll],
  ["select", onSelect],
  ["_newselect", onSelect],
  ["pselect6", onSelect],
  ["epoll_wait", onEpollWait],
  ["epoll_pwait", onEpollWait],
  ["epoll_pwait2", onEpollWait],
  ["restart_syscall", onRestart],
]);
