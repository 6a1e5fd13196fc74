import type { Event } from "../../../model/event.js";
import { text } from "../assembled.js";

const MAX_MACS = 20_000;

/** The MAC addresses of ports that a monitor saw leave their bridge: a frame that goes to one is nobody's. */
export class GonePorts {
  /** When the last port with the address left: µs UTC. */
  private readonly left = new Map<string, number>();

  /** A `link.state`. */
  note(event: Event): void {
    const mac = text(event, "interface.mac");
    if (mac === undefined || Number.isNaN(event.time)) return;
    if (event.fields["interface.deleted"] === true) {
      if (this.left.size < MAX_MACS || this.left.has(mac)) this.left.set(mac, event.time);
    } else if (text(event, "interface.master") !== undefined) this.left.delete(mac);
  }

  /** Whether the port with the address was gone by then, µs UTC. */
  hadLeft(mac: string, time: number): boolean {
    const left = this.left.get(mac);
    return left !== undefined && left <= time;
  }
}
