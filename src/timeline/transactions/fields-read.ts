/** Of these a line's pull is told: `registry/said.ts`. */
const SAID = [
  "host.hostname",
  "url.original",
  "registry.host",
  "registry.repository",
  "registry.tag",
  "registry.operation",
] as const;
const FAILURE = [...SAID, "error.message", "error.kind"] as const;

/**
 * All fields that transactions read of events of some kinds, by `event.action`. Those that come by the million are here: of them nothing
 * else needs to be kept. Of any other kind every field may be read.
 */
export const FIELDS_READ: Readonly<Record<string, readonly string[]>> = {
  "registry.request_begin": SAID,
  "registry.attempt": [...SAID, "registry.version"],
  "registry.v2_error": [...FAILURE, "registry.next", "registry.next_version", "log.level"],
  "registry.v2_manifest": SAID,
  "registry.v1_call": SAID,
  "registry.status": [...SAID, "http.response.status_code"],
  "registry.not_found": FAILURE,
  "registry.stop": FAILURE,
  "registry.request_end": FAILURE,
  "http.access": [
    "host.hostname",
    "url.original",
    "url.domain",
    "source.ip",
    "user_agent.original",
    "http.request.method",
    "http.response.status_code",
  ],
  "bridge.port_state": [
    "bridge.name",
    "bridge.state",
    "interface.name",
    "interface.master",
    "interface.deleted",
  ],
};
