import type { Event } from "../../model/event.js";

/**
 * What events other than plain packets say of DNS exchanges under way, by transaction id and by client port: an exchange that
 * was touched after its question is not plain. Only what may have to do with a leg that is already there counts
 * (transactions/dns): the legs that an event brings in itself are found by later questions.
 */
export class Touches {
  /** By id and by port: number of the item in the stream that touched it last. */
  private readonly ids = new Int32Array(65536).fill(-1);
  private readonly ports = new Int32Array(65536).fill(-1);
  /** The last item that touched anything, and the last that may concern any exchange. */
  private last = -1;
  all = -1;
  /** The last TCP SYN that is no row of which numbers are known. */
  private opener = -1;

  /** Takes note of an event, which is item `number` of the stream. */
  note(event: Event, number: number): void {
    switch (event.action) {
      case "dns.query":
      case "dns.answer":
      case "dns.wait_timeout":
        this.last = number;
        this.noteIds(event.fields["dns.id"], number);
        return;
      case "icmp.message":
        this.noteError(event, number);
        return;
      case "dns.error":
        // Words about a question that failed are told with it, and name neither id nor, often, port.
        this.last = this.all = number;
        return;
      case "tcp.segment":
        if (event.fields["tcp.flags"] === "S") this.opener = number;
    }
  }

  /** All exchanges whose question came before item `number` are touched. */
  noteAll(number: number): void {
    this.last = this.all = this.opener = number;
  }

  /** Items are counted anew. */
  clear(): void {
    this.ids.fill(-1);
    this.ports.fill(-1);
    this.last = this.all = this.opener = -1;
  }

  /** Whether anything touched the exchange behind its question, which was item `number`. */
  since(number: number, id: number, port: number): boolean {
    if (this.last <= number) return false;
    return this.all > number || this.ids[id]! > number || this.ports[port]! > number;
  }

  /** Whether another SYN, of which too little is known, came behind the one that was item `number`. */
  sinceOpener(number: number): boolean {
    return this.opener > number;
  }

  private noteIds(ids: unknown, number: number): void {
    for (const id of Array.isArray(ids) ? ids : [ids])
      if (typeof id === "number") this.ids[id & 0xffff] = number;
  }

  /** As transactions/dns/errors.ts reads ICMP errors: by the client's port, or by the newest questions where none is quoted. */
  private noteError({ fields }: Event, number: number): void {
    const type = fields["icmp.type"];
    if (type !== undefined && type !== 3 && type !== 1) return;
    this.last = number;
    const source = fields["icmp.original.source.port"];
    const destination = fields["icmp.original.destination.port"];
    if (typeof source === "number" && destination === 53) this.ports[source & 0xffff] = number;
    else if (typeof destination === "number" && destination !== 53) this.ports[destination & 0xffff] = number;
    else if (typeof source !== "number") this.all = number;
  }
}
