import type { ZoneRules } from "../zone.js";

/** What one file of a bundle tells of the host that it was collected on. All times are µs. */
export interface Told {
  /** The host's name. */
  name?: string;
  zone?: ZoneRules;
  /** When it was collected: since the epoch, UTC … */
  utc?: number;
  /** … or as the host's clock showed it, read as if it were UTC. */
  local?: number;
  /** How far east of UTC the host was then. */
  offset?: number;
  /** When the host booted: since the epoch, UTC; certain to within so much after it. */
  boot?: { at: number; within: number };
  /** The same as the host's clock showed it. */
  bootLocal?: { at: number; within: number };
  /** How long it had been up. */
  uptime?: number;
}
