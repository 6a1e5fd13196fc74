import { textOf } from "../../grammar/bytes.js";
import type { Fields } from "../../model/event.js";

/** The value of a journal field by its name, as bytes (latin1); of repeated fields the last, as journalctl's short forms show it. */
export type JournalField = (name: string) => string | undefined;

/** Fields of an entry that {@link entryFields} asks for: decoders may skip the others. */
export const WANTED_FIELDS: ReadonlySet<string> = new Set([
  "MESSAGE",
  "SYSLOG_IDENTIFIER",
  "SYSLOG_PID",
  "CONTAINER_NAME",
  "CONTAINER_ID",
  "CONTAINER_ID_FULL",
  "_COMM",
  "_HOSTNAME",
  "_PID",
  "_SOURCE_REALTIME_TIMESTAMP",
  "_TRANSPORT",
  "__CURSOR",
  "__REALTIME_TIMESTAMP",
]);

/** What journalctl leaves out when it prints to a file: colours and their like (ECMA-48 control sequences). */
const CONTROL = /\x1b\[[0-9;?]{0,32}[A-Za-z]/g;

/**
 * The fields of a journal entry as the text forms give them: host, process, message and a stamp of the kind `epoch`.
 * Names and meaning: systemd.journal-fields(7); which of two fields counts: systemd, src/shared/logs-show.c (output_short).
 */
export function entryFields(field: JournalField): Fields {
  const text = (name: string) => {
    const value = field(name);
    return value === undefined ? undefined : textOf(value);
  };
  const message = field("MESSAGE");
  const stamp = stampOf(field);
  return {
    "@timestamp": stamp,
    "@timestamp.kind": stamp === undefined ? undefined : "epoch",
    "host.hostname": text("_HOSTNAME"),
    "process.name":
      text("SYSLOG_IDENTIFIER") ?? text("_COMM") ?? (field("_TRANSPORT") === "kernel" ? "kernel" : undefined),
    "process.pid": pidOf(field("_PID") ?? field("SYSLOG_PID")),
    "container.name": text("CONTAINER_NAME"),
    "container.id": text("CONTAINER_ID_FULL") ?? text("CONTAINER_ID"),
    message: message?.includes("\x1b") ? message.replace(CONTROL, "") : message,
  };
}

function pidOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

/** When the sender wrote it, else when journald got it: µs since the epoch, written as seconds. */
function stampOf(field: JournalField): string | undefined {
  return (
    secondsOf(field("_SOURCE_REALTIME_TIMESTAMP")) ??
    secondsOf(field("__REALTIME_TIMESTAMP")) ??
    cursorTime(field("__CURSOR"))
  );
}

function secondsOf(micros: string | undefined): string | undefined {
  return micros !== undefined && /^\d{7,17}$/.test(micros)
    ? `${micros.slice(0, -6)}.${micros.slice(-6)}`
    : undefined;
}

/** The cursor has journald's time as hexadecimal µs: `s=…;i=1;b=…;m=3b9aca00;t=660d5649c3ccf;x=…`. */
function cursorTime(cursor: string | undefined): string | undefined {
  const hex = /;t=([0-9a-f]{6,14});/.exec(cursor ?? "")?.[1];
  return hex === undefined ? undefined : secondsOf(String(Number.parseInt(hex, 16)));
}
