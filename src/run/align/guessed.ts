import type { Inferred } from "../../clock/inferred.js";
import { type Packing, readHead, readUnpackedHead } from "../../evidence/open.js";
import type { Event } from "../../model/event.js";
import type { Surveyed } from "../survey.js";
import { isZoneGuessed } from "./base.js";

/** So much of a file is looked at for its first stamp. */
const HEAD_BYTES = 64 << 10;

/**
 * `clock.guessed`: stamps that say no zone, no year or no date, which nothing shows for certain either: neither the user nor
 * another source that tells of the same happenings. One for each such source, with its first stamped record.
 */
export async function guessedClocks(
  surveyed: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
  told: { tz?: string | undefined; year?: number | undefined },
): Promise<Event[]> {
  const events: Event[] = [];
  for (const member of surveyed) {
    const inferred = clocks.get(member.source.id)!;
    const lacks = lackOf(inferred, told);
    if (lacks.length > 0) events.push(await guessed(member, inferred, lacks));
  }
  return events;
}

/** What of its stamps' meaning was guessed. */
function lackOf(inferred: Inferred, told: { tz?: string | undefined; year?: number | undefined }): string[] {
  const { clock, island } = inferred;
  // What is shared with others proves more than any guess; and without any stamps there is nothing to guess.
  if (clock.matches > 0 || clock.kind === "none" || clock.zone === undefined) return [];
  return [
    ...(isZoneGuessed(inferred) && told.tz === undefined ? ["zone"] : []),
    ...(clock.kind === "syslog" && told.year === undefined ? ["year"] : []),
    ...(clock.kind === "hms" && island === undefined ? ["date"] : []),
  ];
}

async function guessed(member: Surveyed, { clock }: Inferred, lacks: string[]): Promise<Event> {
  return {
    ...(await firstStamped(member)),
    source: member.source.id,
    time: Number.NaN,
    ns: 0,
    latest: Number.NaN,
    action: "clock.guessed",
    category: "host",
    fields: {
      "clock.source": member.source.path,
      "clock.guessed": lacks,
      ...(clock.zone !== undefined && { "event.timezone": clock.zone }),
      ...(clock.year !== undefined && { "clock.year": clock.year }),
    },
  };
}

const headOf = async (file: string, packing: Packing): Promise<Buffer> =>
  packing === "plain" ? readHead(file, HEAD_BYTES) : readUnpackedHead(file, packing, HEAD_BYTES);

/** Where the source's first stamped record stands, if that is near its beginning; else the beginning. */
async function firstStamped({
  file,
  packing,
  samples,
}: Surveyed): Promise<Pick<Event, "line" | "offset" | "length">> {
  const line = samples.find(({ outer }) => outer.kind !== "none")?.line ?? 1;
  const head = await headOf(file.absolute, packing).catch(() => Buffer.alloc(0));
  let offset = 0;
  for (let at = 1; at < line; at++) {
    const end = head.indexOf(10, offset);
    if (end < 0) return { line: 1, offset: 0, length: Math.max(0, head.indexOf(10)) };
    offset = end + 1;
  }
  const end = head.indexOf(10, offset);
  return { line, offset, length: Math.max(0, (end < 0 ? head.length : end) - offset) };
}
