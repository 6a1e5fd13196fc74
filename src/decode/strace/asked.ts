import type { Event } from "../../model/event.js";
import type { DnsMessage } from "../dns/message.js";
import type { Endpoint } from "./address.js";
import type { Asked, Piece, Socket } from "./sockets.js";

/** More open questions than this per socket: the oldest are forgotten. */
export const MAX_ASKED = 64;
/** Waits of one question that are cited; more are only summed up. */
const MAX_PIECES = 6;
/** A shorter wait is polling, not a client's patience: ms. */
export const LEAST_WAIT = 1000;

/** A new open question. */
export function newAsked(
  message: DnsMessage | undefined,
  socket: Socket,
  server: Endpoint | undefined,
  sent: { fd: number; thread: number; cites: readonly Event[]; time: number; latest: number },
): Asked {
  return {
    id: message?.id ?? -1,
    name: message?.question?.name,
    nameCut: message?.nameCut ?? true,
    type: message?.question?.type,
    server,
    socket,
    fd: sent.fd,
    thread: sent.thread,
    cites: sent.cites,
    time: sent.time,
    latest: sent.latest,
    pieces: [],
    waited: 0,
    interrupted: 0,
    firm: false,
    over: false,
  };
}

/** Takes note of a wait that ran out. A wait that completes an interrupted one counts as long as the first was meant to. */
export function addWait(asked: Asked, piece: Piece): void {
  const ms = Math.max(piece.ms, asked.interrupted);
  asked.interrupted = 0;
  asked.waited += ms;
  if (ms >= LEAST_WAIT) asked.firm = true;
  keep(asked, piece);
}

/** Takes note of a wait that a signal cut short. */
export function addInterruption(asked: Asked, piece: Piece): void {
  asked.interrupted = Math.max(asked.interrupted, piece.ms);
  keep(asked, piece);
}

function keep(asked: Asked, piece: Piece): void {
  // The first says since when, the last until when.
  if (asked.pieces.length < MAX_PIECES) asked.pieces.push(piece);
  else asked.pieces[MAX_PIECES - 1] = piece;
}

/** Do the two agree, as far as both are known? `cut`: that name is only the beginning. */
function namesAgree(a: string | undefined, aCut: boolean, b: string | undefined, bCut: boolean): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  return (aCut && b.startsWith(a)) || (bCut && a.startsWith(b));
}

/** Is this message (query or answer) about that question? The ids must be equal. */
export function isAbout(asked: Asked, message: DnsMessage): boolean {
  return (
    asked.id === message.id &&
    namesAgree(asked.name, asked.nameCut, message.question?.name, message.nameCut) &&
    (asked.type === undefined || message.question?.type === undefined || asked.type === message.question.type)
  );
}

/** Is it the same question under another id, all of it known? Go's resolver draws a new id for each try. */
export function asksTheSame(asked: Asked, message: DnsMessage): boolean {
  const question = message.question;
  return (
    question?.type !== undefined &&
    !asked.nameCut &&
    !message.nameCut &&
    asked.type === question.type &&
    asked.name === question.name
  );
}
