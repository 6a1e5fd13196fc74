import type { Event } from "../../../model/event.js";
import { contains, parseIPv4, type Subnet } from "../../topology/addresses.js";

const MAX_TARGETS = 4096;
const MAX_TIMES = 32;
/** Neighbour discovery asks three times, a second apart, for a packet that waits: µs around the packet. */
const SPAN = 4_000_000;

interface Target {
  asked: number[];
  answered: number[];
}

/** ARP on the way out: a packet whose next hop does not answer never leaves, through no fault of the NAT. */
export class NextHops {
  private readonly targets = new Map<string, Target>();

  /** An `arp.request`. */
  request(event: Event): void {
    const target = event.fields["arp.target.ip"];
    if (typeof target === "string" && target !== event.fields["arp.sender.ip"])
      push(this.target(target)?.asked, event.time);
  }

  /** An `arp.reply`. */
  reply(event: Event): void {
    const sender = event.fields["arp.sender.ip"];
    if (typeof sender === "string") push(this.targets.get(sender)?.answered, event.time);
  }

  /** The next hop that was asked for in vain around `time` (µs UTC), outside the container's own subnet. */
  silentAround(time: number, destination: string, own: Subnet): string | undefined {
    if (this.isSilent(destination, time)) return destination;
    for (const [ip] of this.targets) {
      const address = parseIPv4(ip);
      if (address !== undefined && !contains(own, address) && this.isSilent(ip, time)) return ip;
    }
    return undefined;
  }

  private isSilent(ip: string, time: number): boolean {
    const target = this.targets.get(ip);
    if (target === undefined) return false;
    const near = (times: readonly number[]) => times.filter((at) => Math.abs(at - time) <= SPAN).length;
    return near(target.asked) >= 1 && near(target.answered) === 0;
  }

  private target(ip: string): Target | undefined {
    let target = this.targets.get(ip);
    if (target === undefined && this.targets.size < MAX_TARGETS) {
      target = { asked: [], answered: [] };
      this.targets.set(ip, target);
    }
    return target;
  }
}

function push(times: number[] | undefined, time: number): void {
  if (times === undefined || Number.isNaN(time)) return;
  times.push(time);
  if (times.length > MAX_TIMES) times.shift();
}
