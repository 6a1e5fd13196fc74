import type { Fields } from "../../model/event.js";
import { decodePacket } from "../packet/decode.js";
import { Frame } from "../packet/frame.js";
import { wantedKinds } from "../packet/kinds.js";
import { LINKTYPE } from "../packet/link.js";

const LINE = /^[ \t]+0x([0-9a-f]{4,6}): {1,2}((?:[0-9a-f]{2,4} ?){1,8})/;
const MAX_BYTES = 65536;
const { RAW, ETHERNET, LINUX_SLL2, LINUX_SLL, ...OTHERS } = LINKTYPE;
/** `-x` and `-X` begin at the IP header; `-xx` and `-XX` at Ethernet's, at the cooked ones, or, seldom, at another. */
const LINK_TYPES = [RAW, ETHERNET, LINUX_SLL2, LINUX_SLL, ...Object.values(OTHERS)];

/** The bytes of the hex dump (`-x`, `-X`) behind a packet's text; `undefined` when there is none, or it has gaps. */
export function dumpedBytes(text: string): Buffer | undefined {
  const first = text.indexOf("\n\t0x0000:");
  if (first < 0) return undefined;
  const parts: string[] = [];
  let length = 0;
  for (const line of text.slice(first + 1).split("\n")) {
    const match = LINE.exec(line);
    if (match === null || Number.parseInt(match[1]!, 16) !== length || length > MAX_BYTES) break;
    const digits = match[2]!.replaceAll(" ", "");
    parts.push(digits);
    length += digits.length / 2;
  }
  return length === 0 ? undefined : Buffer.from(parts.join(""), "hex");
}

/**
 * Decodes a dumped packet. `isSame` says whether what was read is the packet that the text names: it decides between the
 * link-layer headers that the dump may begin with.
 */
export function decodeDump(
  bytes: Buffer,
  isSame: (fields: Fields) => boolean,
): { action: string; fields: Fields } | undefined {
  for (const linkType of LINK_TYPES) {
    const frame = new Frame();
    frame.start(bytes, 0, bytes.length, bytes.length);
    let read: { action: string; fields: Fields } | undefined;
    decodePacket(frame, linkType, wantedKinds(), (action, fields) => {
      read ??= { action, fields };
    });
    if (read !== undefined && isSame(read.fields)) return read;
  }
  return undefined;
}
