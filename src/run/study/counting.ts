import type { Inferred } from "../../clock/inferred.js";
import type { Adapter } from "../../decode/adapters.js";
import { RecordCutter } from "../../decode/packet/cutter.js";
import type { FramerHost } from "../../decode/packet/framer.js";
import { chunksOf } from "../chunks.js";
import { contextOf, type RunContext } from "../context.js";
import { journalEvents } from "../journal.js";
import { readable } from "../read.js";
import { textReader } from "../streamed.js";
import type { Surveyed, Toolbox } from "../survey.js";

/** Events are of no interest here. */
const NOBODY: Adapter = {
  push: () => {},
  passOver: (_rows, from) => from,
  end: () => {},
  problems: () => [],
};

/** Takes a record's or packet's number and its time, µs; NaN when it has none. */
export type Take = (line: number, us: number) => void;

/**
 * Reads a source once more, for the time of each of its records; their words are left unread. Its accounts are left as they are, and
 * what cannot be read ends it: the main reading has reported that.
 */
export async function eachTime(
  surveyed: Surveyed,
  clock: Inferred,
  toolbox: Toolbox,
  take: Take,
): Promise<void> {
  const source = { ...surveyed.source, problems: [] };
  const member = { ...surveyed, source };
  const kit = { toolbox: { ...toolbox, composer: toolbox.sampler }, wanted: undefined, prefilter: false };
  const context = contextOf(kit, { milestones: { note: (_, line, us) => take(line, us) } });
  if (member.kind === "packets") await eachPacket(member, clock, context, take);
  else if (member.kind === "text") await eachLine(member, clock, context);
  else if (member.kind === "journal")
    for await (const _ of readable(source, journalEvents(member, { clock, context })));
}

async function eachLine(member: Surveyed, clock: Inferred, context: RunContext): Promise<void> {
  const reader = textReader(member, { clock, context }, () => {}, NOBODY);
  for await (const chunk of readable(member.source, chunksOf(member, context))) reader.push(chunk);
  reader.end();
}

async function eachPacket(
  member: Surveyed,
  { completion: { correction } }: Inferred,
  context: RunContext,
  take: Take,
): Promise<void> {
  let packets = 0;
  const host: FramerHost = {
    get nextPacket() {
      return packets + 1;
    },
    packet: (_bytes, _from, _to, _original, us) => {
      packets++;
      take(packets, correction && !Number.isNaN(us) ? us + correction.at(us).lo : us);
    },
    lost: () => {
      packets++;
    },
    noted: () => {},
    problem: () => {},
  };
  const cutter = new RecordCutter(host);
  for await (const chunk of readable(member.source, chunksOf(member, context))) cutter.push(chunk);
  cutter.end();
}
