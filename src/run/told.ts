import { readTold } from "../clock/host/read.js";
import type { Told } from "../clock/host/told.js";
import { isTzFile } from "../clock/tzfile.js";
import type { Detection } from "../decode/text/claim.js";
import type { Source } from "../model/source.js";

/** A file that may tell something of the host that it is from. */
interface Telling {
  source: Source;
  told?: Told | undefined;
  detection: Detection;
}

/** What is in no format, but tells of its host by itself: a name, a zone, a number. */
const FORMAT = "host-fact";
/** The compiled zone that /etc/localtime is. */
const ZONE_FORMAT = "tzfile";

/**
 * Notes what a file tells of its host.
 * @param head its beginning, unpacked
 * @returns whether that is all there is in it: nothing is left to be read
 */
export function noteTold(file: Telling, head: Buffer): boolean {
  const { source } = file;
  file.told = readTold(source.path, head);
  if (!file.told || !isTzFile(head)) return false;
  Object.assign(source, { format: ZONE_FORMAT, records: 1, parsed: 1 });
  return true;
}

/** Counts what tells of its host, and is in no format that anybody reads, as understood. @returns whether it was */
export function countedAsTold({ told, detection, source }: Telling, text: string): boolean {
  if (!told || detection.ranked.length > 0) return false;
  const lines = text.split("\n").filter((line) => line.trim() !== "").length;
  Object.assign(source, { format: FORMAT, records: lines, parsed: lines });
  return true;
}
