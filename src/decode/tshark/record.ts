import { textOf } from "../../grammar/bytes.js";
import type { Fields } from "../../model/event.js";
import type { Dissection } from "./dissection.js";
import { dissectedPacket } from "./packet.js";

/** `event.action` of the records of tshark's formats; what the packet is stands in the fields. */
export const DISSECTED = "packet.dissected";

/** Fields of a dissected packet's record: its stamp, the packet event's fields, and its kind under `event.action`. */
export function recordFields(d: Dissection): Fields {
  const packet = dissectedPacket(d);
  return { ...stampOf(d), ...packet?.fields, "event.action": packet?.action };
}

/** The event in such a record; `undefined` when it is no packet of ours. */
export function packetOf(fields: Fields): { action: string; fields: Fields } | undefined {
  const {
    "event.action": action,
    "event.category": _category,
    "@timestamp": _stamp,
    "@timestamp.kind": _kind,
    ...rest
  } = fields;
  return typeof action === "string" ? { action, fields: rest } : undefined;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG = /^([A-Z][a-z]{2}) +(\d{1,2}), (\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)\d* ?(UTC|GMT)?/;

/** The best of the frame's times: since the epoch, UTC, local, or since the first packet. */
function stampOf(d: Dissection): Fields {
  for (const name of ["frame_time_epoch", "frame_time_utc", "frame_time"]) {
    const stamp = stampText(d.text(name));
    if (stamp) return stamp;
  }
  const relative = d.text("frame_time_relative");
  return relative !== undefined && /^\d{1,9}\.\d{1,9}$/.test(relative) ? stamped("elapsed", relative) : {};
}

const stamped = (kind: string, text: string): Fields => ({ "@timestamp": text, "@timestamp.kind": kind });

/** `1795319188.346667330`; `2026-11-22T03:46:28.346667330Z` (`-T ek`); `Nov 22, 2026 03:46:28.346667330 UTC`. */
function stampText(text: string | undefined): Fields | undefined {
  if (text === undefined) return undefined;
  if (/^\d{9,11}(?:\.\d{1,9})?$/.test(text)) return stamped("epoch", text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return stamped("rfc3339", text);
  const long = LONG.exec(textOf(text));
  const month = MONTHS.indexOf(long?.[1] ?? "") + 1;
  if (!long || month === 0) return undefined;
  const day = `${long[3]}-${String(month).padStart(2, "0")}-${long[2]!.padStart(2, "0")}`;
  return stamped("datetime", `${day} ${long[4]}${long[5] ? " UTC" : ""}`);
}
