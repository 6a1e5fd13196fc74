import type { ClueKind } from "../clue.js";

/** All kinds of happenings that tie sources together. */
export const clueKinds: readonly ClueKind[] = [];
