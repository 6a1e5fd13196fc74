import { dockerFormats } from "./docker.js";
import { journalFormats } from "./journal.js";
import { logFormats } from "./logs.js";
import { captureFormats } from "./packets.js";
import { tsharkFormats } from "./tshark.js";
import type { Description } from "./types.js";
import { zeekFormats } from "./zeek.js";

export type { Description } from "./types.js";

/** What people are told of the formats that code reads. */
export const descriptions: readonly Description[] = [
  ...journalFormats,
  ...dockerFormats,
  ...captureFormats,
  ...tsharkFormats,
  ...zeekFormats,
  ...logFormats,
];
