import type { PacketRows } from "../../decode/packet/row-decoder.js";
import type { DnsRow } from "./exchange.js";

/**
 * Whom questions go to. The bytes of a frame lie seconds of stream time behind when its row leaves the window, and are in no cache any
 * more: they are read for the first question to each server of a segment, and the server's number in its row tells the rest.
 */
export class ServerKeys {
  /** By source: the segment at hand, and the keys of its servers, by their numbers. */
  private readonly segments: { rows: PacketRows; keys: (number | string | undefined)[] }[] = [];

  /** @returns the server's address: of IPv4 as a number, of IPv6 as text */
  of(rows: PacketRows, question: DnsRow): number | string {
    const { serverNumber } = question;
    if (serverNumber === 0) return question.serverKey;
    let here = this.segments[rows.source];
    if (here === undefined) this.segments[rows.source] = here = { rows, keys: [] };
    else if (here.rows !== rows) {
      here.rows = rows;
      here.keys = [];
    }
    return (here.keys[serverNumber] ??= question.serverKey);
  }
}
