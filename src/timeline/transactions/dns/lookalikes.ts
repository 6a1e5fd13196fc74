import type { Event } from "../../../model/event.js";
import { lookalikeOf } from "../../topology/lookalike.js";

/** Events that name the servers a resolver uses: one, or a list. */
export const NAME_SERVERS = [
  "resolver.server",
  "resolver.upstream",
  "resolver.current_server",
  "resolver.link_servers",
  "resolver.link_more",
] as const;

/** Adds to one of {@link NAME_SERVERS} what is known of the world: a list of servers is about the one that looks mistyped. */
export function noteLookalike({ fields }: Event): void {
  const listed = fields["dns.server.ip"] ?? fields["resolver.servers"];
  for (const server of Array.isArray(listed) ? listed : [listed]) {
    const like = lookalikeOf(String(server));
    if (like === undefined) continue;
    fields["dns.server.ip"] = String(server);
    fields["dns.server.lookalike_of"] = like;
    return;
  }
}
