import type { Kind } from "../kinds.js";

/** Kinds of names that are known by the fields they stand in. */
export type NameKind = Extract<Kind, "host" | "user" | "container" | "image">;

/** Of which kind a field's value is (docs/FIELDS.md): what stands in one is a name, however it looks. */
const FIELDS: Record<NameKind, readonly string[]> = {
  host: [
    ...["host.hostname", "host.name", "server.address", "server.name", "client.domain", "url.domain"],
    ...[
      "dns.question.name",
      "dns.answers.name",
      "dns.server.name",
      "registry.host",
      "tls.client.server_name",
    ],
    ...["resolver.domain", "resolver.search", "resolver.link_domains", "hosts.names", "clock.server"],
    ...["destination.address", "source.address", "kubernetes.node.name", "route.gateway_name"],
  ],
  container: [
    ...["container.name", "kubernetes.pod.name", "kubernetes.namespace", "kubernetes.object.name"],
    ...["kubernetes.deployment.name", "kubernetes.service.name", "network.name", "volume.name"],
    ...["compose.service", "compose.object", "podman.pod.name", "haproxy.backend", "haproxy.server"],
  ],
  user: ["user.name", "file.owner"],
  image: ["container.image.name", "registry.repository"],
};

export const KIND_OF_FIELD: ReadonlyMap<string, NameKind> = new Map(
  Object.entries(FIELDS).flatMap(([kind, fields]) =>
    fields.map((field) => [field, kind as NameKind] as const),
  ),
);

/** Fields whose texts hold URLs, in which hosts stand. */
export const URL_FIELDS: ReadonlySet<string> = new Set([
  "url.original",
  "upstream.url",
  "message",
  "event.original",
]);
