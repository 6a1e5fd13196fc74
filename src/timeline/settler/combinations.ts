import type { PacketRows } from "../../decode/packet/row-decoder.js";
import { MAX_SERVERS } from "../../decode/packet/servers.js";
import type { DnsRow } from "./exchange.js";
import type { Dimension } from "./portrait.js";

/** Combinations that are remembered; with more of them, all exchanges of further ones are kept. */
const MAX_COMBINATIONS = 500;
const SLOTS = 2048;
const WIDTH = 10;
const RCODES = 16;

/** The combinations of what exchanges may differ in (capture, and the dimensions that rules ask about) of which one was kept. */
export class Combinations {
  private readonly table = new Int32Array(SLOTS * WIDTH);
  private readonly used = new Uint8Array(SLOTS);
  private readonly sought = new Int32Array(WIDTH);
  private count = 0;
  private readonly byServer: boolean;
  private readonly byClient: boolean;
  private readonly byType: boolean;
  /** The server and the response code tell all. */
  private readonly isByServer: boolean;
  /** By source: the segment at hand, and of which of its servers (and response codes) a combination is known to be kept. */
  private readonly segments: { rows: PacketRows; readonly seen: Uint8Array }[] = [];

  constructor(dimensions: ReadonlySet<Dimension>) {
    this.byServer = dimensions.has("server");
    this.byClient = dimensions.has("client");
    this.byType = dimensions.has("type");
    this.isByServer = !this.byClient && !this.byType;
  }

  /**
   * Whether an exchange like this, with an answer of the response code, was kept; if not, this one counts as kept from now on, as
   * long as there is room.
   */
  has(rows: PacketRows, question: DnsRow, rcode: number): boolean {
    const { serverNumber } = question;
    if (!this.isByServer || serverNumber === 0 || rcode >= RCODES)
      return this.find(rows.source, question, rcode);
    const seen = this.seenIn(rows);
    const at = serverNumber * RCODES + rcode;
    if (seen[at] === 1) return true;
    const isKnown = this.find(rows.source, question, rcode);
    if (isKnown) seen[at] = 1;
    return isKnown;
  }

  /** What was found for the servers of a segment. */
  private seenIn(rows: PacketRows): Uint8Array {
    let here = this.segments[rows.source];
    if (here === undefined)
      this.segments[rows.source] = here = { rows, seen: new Uint8Array((MAX_SERVERS + 1) * RCODES) };
    else if (here.rows !== rows) {
      here.rows = rows;
      here.seen.fill(0);
    }
    return here.seen;
  }

  private find(source: number, question: DnsRow, rcode: number): boolean {
    const { sought, table, used } = this;
    const { byServer, byClient } = this;
    sought[0] = source * 2 + Number(question.v6);
    sought[1] = (rcode << 16) | (this.byType ? question.typeNumber : 0);
    for (let i = 0; i < 4; i++) {
      sought[2 + i] = byClient ? question.addressWord(i) : 0;
      sought[6 + i] = byServer ? question.addressWord(4 + i) : 0;
    }
    let slot = this.slot();
    while (used[slot] === 1) {
      let i = 0;
      while (i < WIDTH && table[slot * WIDTH + i] === sought[i]) i++;
      if (i === WIDTH) return true;
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (this.count === MAX_COMBINATIONS) return false;
    this.count++;
    used[slot] = 1;
    table.set(sought, slot * WIDTH);
    return false;
  }

  private slot(): number {
    let hash = 0;
    for (let i = 0; i < WIDTH; i++) hash = Math.imul(hash ^ this.sought[i]!, 0x9e3779b1);
    return (hash >>> 16) & (SLOTS - 1);
  }
}
