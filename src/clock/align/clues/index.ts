import type { ClueKind } from "../clue.js";
import { accessLog } from "./access-log.js";
import { clientLog } from "./client-log.js";
import { dnsClues } from "./dns.js";
import { dnsSockets } from "./dns-sockets.js";
import { forwarderLog } from "./forwarder-log.js";
import { httpClues } from "./http.js";
import { icmpClues } from "./icmp.js";
import { kernelLines } from "./kernel-lines.js";
import { logLines } from "./log-lines.js";
import { resolverLog } from "./resolver-log.js";
import { tcpClues } from "./tcp.js";
import { writtenLines } from "./written.js";

/** All kinds of happenings that tie sources together. */
export const clueKinds: readonly ClueKind[] = [
  dnsClues,
  dnsSockets,
  resolverLog,
  forwarderLog,
  accessLog,
  clientLog,
  logLines,
  kernelLines,
  httpClues,
  tcpClues,
  icmpClues,
  writtenLines,
];
