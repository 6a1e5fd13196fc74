import type { Call } from "./calls.js";
import type { Context } from "./context.js";
import { errorEvent } from "./output.js";
import type { Process } from "./processes.js";
import type { Socket } from "./sockets.js";

/** A send failed: the socket tells of an error, perhaps of an earlier datagram. */
export function sendFailed(context: Context, call: Call, process: Process, socket: Socket): void {
  const { error } = call.tail;
  if (error === undefined || error === "EAGAIN" || call.interrupted || socket.server === undefined) return;
  context.emit(errorEvent(call, process, socket, socket.server, error));
}

/** A receive failed: so did what was waited for. */
export function receiveFailed(context: Context, call: Call, process: Process, socket: Socket): void {
  const { error } = call.tail;
  if (error === undefined || error === "EAGAIN" || call.interrupted || socket.server === undefined) return;
  fail(context, call, process, socket, error);
}

/** The socket met an error: its questions are not waited for any longer. */
export function fail(context: Context, call: Call, process: Process, socket: Socket, error: string): void {
  context.emit(errorEvent(call, process, socket, socket.server ?? socket.asked.at(-1)?.server, error));
  for (const asked of [...socket.asked]) context.decisions.settle(asked, process);
}
