import type { ClueKind } from "../clue.js";
import { dnsClues } from "./dns.js";

/** All kinds of happenings that tie sources together. */
export const clueKinds: readonly ClueKind[] = [dnsClues];
