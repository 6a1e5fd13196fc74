import { GAP_INPUTS } from "../topology/gap-teller.js";
import { TOPOLOGY_INPUTS } from "../topology/topology.js";
import { NAME_SERVERS } from "./dns/lookalikes.js";

/** The `event.action`s that transactions are assembled from: whoever filters events upstream must let these through. */
export const TRANSACTION_INPUTS: ReadonlySet<string> = new Set([
  "dns.query",
  "dns.answer",
  "dns.wait_timeout",
  "dns.error",
  "icmp.message",
  "arp.request",
  "arp.reply",
  "socket.error",
  "socket.connect",
  "resolver.options",
  "docker.config",
  "tcp.segment",
  "registry.attempt",
  "registry.v2_error",
  "registry.v2_manifest",
  "registry.skip",
  "registry.v1_call",
  "registry.status",
  "registry.not_found",
  "registry.stop",
  "image.pull_error",
  "registry.request_begin",
  "registry.request_end",
  "shell.command",
  "http.access",
  "iptables.table",
  "conntrack.flow",
  ...NAME_SERVERS,
  ...TOPOLOGY_INPUTS,
  ...GAP_INPUTS,
]);
