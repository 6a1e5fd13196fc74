import type { Event } from "../../../model/event.js";
import { list, text } from "../assembled.js";
import { type Machines, NO_MAC } from "./machines.js";

/** What a record of a link and a later one of the same name say of its MAC address. */
export type LinkVerdict = "changed" | "not changed" | "cannot tell";

/** Compares two `link.state` of one name: `cannot tell` where nothing shows that they are of one machine. */
export function compareLinks(machines: Machines, before: Event, after: Event): LinkVerdict {
  const name = text(after, "interface.name");
  const [old, mac] = [text(before, "interface.mac"), text(after, "interface.mac")];
  if (name === undefined || old === undefined || mac === undefined) return "cannot tell";
  if (old === mac || old === NO_MAC || mac === NO_MAC) return "not changed";
  if (!machines.areOne(before.source, after.source, name, old, mac)) return "cannot tell";
  return isSameLink(before, after) ? "changed" : "not changed";
}

/** A bridge that was made anew under its old name is another one; its index tells, or its addresses. */
function isSameLink(a: Event, b: Event): boolean {
  const before = a.fields["interface.id"];
  const after = b.fields["interface.id"];
  if (before !== undefined && after !== undefined && before !== after) return false;
  const old = list(a, "interface.addresses");
  const now = list(b, "interface.addresses");
  return old.length === 0 || now.length === 0 || now.some((address) => old.includes(address));
}
