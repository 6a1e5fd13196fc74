import { prefixLength } from "../grammar/convert/mask.js";
import type { Event } from "../model/event.js";

/**
 * Names the destination of a route as `ip route` does, `10.55.0.0/24` or `default`, where a table (route, netstat -r,
 * /proc/net/route) has the mask in a column of its own. Other routes stay as they are.
 */
export function nameDestination(event: Event): void {
  const { "destination.subnet": address, "route.netmask": mask } = event.fields;
  if (typeof address !== "string" || typeof mask !== "string") return;
  const length = prefixLength(mask);
  if (length === undefined) return;
  event.fields["destination.subnet"] =
    length === 0 ? "default" : length === 32 ? address : `${address}/${length}`;
  delete event.fields["route.netmask"];
}
