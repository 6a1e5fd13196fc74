import type { PassOver } from "../../decode/packet/reader.js";
import { PacketSigns, SIGN, signsOf } from "../../decode/packet/signs.js";
import type { Event } from "../../model/event.js";

/** More than one capture has it. */
const SEVERAL = -1;

/** What is known of one capture before its packets are decoded. */
export interface Previewed {
  /** When the first and the last packet passed that may tell of a happening, µs. */
  first: number;
  last: number;
  /** Has it HTTP messages in packets of unusual build? */
  oddHttp: boolean;
  /** Connections and what their HTTP messages may be known by, in turn. */
  readonly heads: number[];
}

/** Of one that was not previewed no packet is known to be the first or the last. */
const UNSEEN: Previewed = { first: Number.NaN, last: Number.NaN, oddHttp: true, heads: [] };

/**
 * What all captures that are looked at have in common, found without decoding more than their unusual packets: a happening that two of them tell
 * of has the same sign in both.
 */
export class Preview {
  /** By sign: the capture that has it. */
  private readonly owners = new Map<number, number>();
  private readonly captures = new Map<number, Previewed>();

  of(source: number): Previewed {
    return this.captures.get(source) ?? UNSEEN;
  }

  /** May other captures have told of the same? */
  isShared(sign: number): boolean {
    return this.owners.get(sign) === SEVERAL;
  }

  /** Takes a capture's packets: all that can be told by their signs are passed over. */
  taking(source: number): PassOver {
    const signs = new PacketSigns();
    const capture: Previewed = { first: Number.NaN, last: Number.NaN, oddHttp: false, heads: [] };
    this.captures.set(source, capture);
    return (bytes, from, to, linkType, time) => {
      const sign = signs.of(bytes, from, to, linkType);
      if (sign === SIGN.UNKNOWN) return false;
      if (sign === SIGN.NOTHING || sign === SIGN.REST) return true;
      noteTime(capture, time);
      this.note(signs.first, source);
      if (sign === SIGN.QUESTION || sign === SIGN.ANSWER) this.note(signs.second, source);
      else if (sign === SIGN.HEAD) capture.heads.push(signs.connection, signs.first);
      return true;
    };
  }

  /** Takes what a packet gave that could not be told by its signs. */
  take(event: Event): void {
    const all = signsOf(event);
    if (all.length === 0) return;
    const capture = this.of(event.source);
    noteTime(capture, event.stamped ?? event.time);
    if (event.action === "http.message") capture.oddHttp = true;
    for (const sign of all) this.note(sign, event.source);
  }

  private note(sign: number, source: number): void {
    const owner = this.owners.get(sign);
    if (owner === undefined) this.owners.set(sign, source);
    else if (owner !== source && owner !== SEVERAL) this.owners.set(sign, SEVERAL);
  }
}

function noteTime(capture: Previewed, time: number): void {
  if (!(time >= capture.first)) capture.first = time;
  if (!(time <= capture.last)) capture.last = time;
}
