import type { Event } from "../../model/event.js";
import type { Entities, EntityKind } from "../../report/study.js";
import { shown } from "./words.js";

/** The fields that name an entity, the first that an event has. */
const FIELDS: Readonly<Record<EntityKind, readonly string[]>> = {
  container: ["container.name", "kubernetes.pod.name", "container.id"],
  bridge: ["bridge.name", "passage.bridge"],
  resolver: ["dns.server.ip", "dns.lookup.answered_by", "dns.lookup.first_server"],
  registry: ["registry.host"],
  host: ["host.hostname"],
};
const KINDS = Object.keys(FIELDS) as EntityKind[];

/** Which end of a packet is the resolver. */
const RESOLVER_SIDE: Readonly<Record<string, string>> = {
  "dns.query": "destination.ip",
  "dns.wait_timeout": "destination.ip",
  "dns.answer": "source.ip",
};

/** What an event is about, as far as its own fields say. */
export function entitiesOf({ action, fields }: Event): Entities {
  const entities: Entities = {};
  for (const kind of KINDS) {
    const name = FIELDS[kind].find((field) => typeof fields[field] === "string");
    if (name !== undefined) entities[kind] = shown(String(fields[name]));
  }
  const side = RESOLVER_SIDE[action];
  if (entities.resolver === undefined && side !== undefined && typeof fields[side] === "string")
    entities.resolver = shown(fields[side]);
  return entities;
}
