import fs from "node:fs";
import type { Inferred } from "../clock/inferred.js";
import { tableFormat } from "../decode/envelopes.js";
import type { Start, Stretch } from "../decode/segment.js";
import { needsWitness } from "../decode/strace/witness.js";
import { type Detection, mainFormat } from "../decode/text/claim.js";
import type { Composer } from "../decode/text/compose.js";
import { neededLiterals } from "../decode/text/needed.js";
import { readTextSegment, type SegmentOptions } from "../decode/text/read-segment.js";
import type { TextSegment } from "../decode/text/segment.js";
import type { Grammar } from "../grammar/types.js";
import type { Kit } from "./kit.js";
import type { Surveyed } from "./survey.js";

/** What decides how a source's text is read. Plain data. */
export interface TextPlan {
  readonly path: string;
  /** The envelopes that claimed something, the source's main one first, by their place among all; {@link OWN} is the table's. */
  readonly ranked: readonly number[];
  readonly pasted: boolean;
  /** The first lines of a table, which name its columns. */
  readonly table: string | undefined;
  /** Bytes of byte order mark: offsets of records count from behind it. */
  readonly bom: number;
  /** Records that can tell of nothing wanted can be told by their literals … */
  readonly hasLiterals: boolean;
  /** … and are passed over. */
  readonly selective: boolean;
}

/** The format of a table is made for this source alone. */
const OWN = -1;

/** Envelope events that decoders take apart themselves: wanted whenever anything made from them is. */
const RAW_ACTIONS = /^(process|strace|packet|capture|monitor|tcpdump|zeek)\./;

/** Whoever asks for the same is asked in the same words: what is learned of records holds for all its sources. */
const wishes = new WeakMap<ReadonlySet<string>, (action: string) => boolean>();

function wanting(wanted: ReadonlySet<string>): (action: string) => boolean {
  let wants = wishes.get(wanted);
  if (!wants) wishes.set(wanted, (wants = askedOf(wanted)));
  return wants;
}

/** Each record asks: what is known of an action is kept. */
function askedOf(wanted: ReadonlySet<string>): (action: string) => boolean {
  const known = new Map<string, boolean>();
  return (action) => {
    let isWanted = known.get(action);
    if (isWanted === undefined)
      known.set(action, (isWanted = wanted.has(action) || RAW_ACTIONS.test(action)));
    return isWanted;
  };
}

/** How the source's text is read, with these tools. */
export function textPlan(surveyed: Surveyed, { clock, completion }: Inferred, kit: Kit): TextPlan {
  const { source, detection, encoding, handsOn } = surveyed;
  const primary = mainFormat(detection);
  // Where each record is stamped with the time since the one before, none may be passed over; and only an envelope that hands words
  // on, or says itself what it wants, can have records that nobody needs.
  const hasLiterals =
    clock.kind !== "delta" &&
    !completion.stepwise &&
    // A record of a block may be what says of which table the wanted ones behind it are.
    primary?.blocks === undefined &&
    // Documents write their words in more than one way.
    primary?.document === undefined &&
    (primary?.wants !== undefined || handsOn) &&
    literalsOf(primary, kit) !== undefined;
  return {
    path: source.path,
    ranked: detection.ranked.map(({ grammar }) => kit.toolbox.envelopes.indexOf(grammar)),
    pasted: detection.pasted,
    table: surveyed.table,
    bom: encoding.bom,
    hasLiterals,
    selective: hasLiterals && kit.prefilter,
  };
}

/** Literals of which each record has one that tells of something wanted; `undefined` where any record may. */
function literalsOf(primary: Grammar | undefined, { toolbox, wanted }: Kit): readonly string[] | undefined {
  if (!wanted || !primary) return undefined;
  if (primary.name === "strace" && needsWitness(wanted)) return undefined;
  return primary.wants ?? neededLiterals(primary, toolbox.messages, wanting(wanted));
}

/** The plan in terms of this thread's grammars. */
export function textOptions(plan: TextPlan, kit: Kit): SegmentOptions {
  const { toolbox, wanted } = kit;
  const { path, hasLiterals, selective } = plan;
  const detection = detectionOf(plan, kit);
  const primary = mainFormat(detection);
  return {
    path,
    detection,
    envelopes: toolbox.envelopes,
    composer: composerOf(kit),
    literals: selective ? literalsOf(primary, kit) : undefined,
    // Which of the records that a judge lets pass are worth reading is decided in order.
    defer: selective && primary?.judge !== undefined,
    // Where records could be passed over, the clock sees the same of them whether they are or not.
    everyStamp: !hasLiterals,
    wants: wanted && wanting(wanted),
  };
}

const sparing = new WeakMap<Kit, Composer>();

/** What composes records for the kit: where it says which fields are asked for, it gives no others. */
function composerOf(kit: Kit): Composer {
  const { toolbox, fields } = kit;
  if (!fields) return toolbox.composer;
  let composer = sparing.get(kit);
  if (!composer) sparing.set(kit, (composer = toolbox.composer.sparing((action) => fields.get(action))));
  return composer;
}

function detectionOf({ ranked, table, pasted }: TextPlan, { toolbox: { envelopes } }: Kit): Detection {
  const grammarAt = (place: number) => (place === OWN ? tableFormat(table!)! : envelopes[place]!);
  return { ranked: ranked.map((place) => ({ grammar: grammarAt(place), claimed: 0 })), records: 0, pasted };
}

/** Options by plan: a thread reads many stretches of a few sources. */
const made = new WeakMap<Kit, Map<string, SegmentOptions>>();
const MOST_MADE = 64;

function optionsFor(plan: TextPlan, kit: Kit): SegmentOptions {
  let known = made.get(kit);
  if (!known) made.set(kit, (known = new Map()));
  const key = JSON.stringify(plan);
  let options = known.get(key);
  if (!options) {
    if (known.size >= MOST_MADE) known.clear();
    known.set(key, (options = { ...textOptions(plan, kit), columns: true, again: true }));
  }
  return options;
}

/**
 * Reads a stretch of an open file. Throws the system's error.
 * @param start see {@link readTextSegment}
 * @param enough as much of it as gives so many records; absent: all of it
 */
export function readText(
  plan: TextPlan,
  kit: Kit,
  fd: number,
  stretch: Stretch,
  start: Start | undefined,
  enough?: number,
): TextSegment {
  const source = {
    read: (target: Buffer, offset: number) => fs.readSync(fd, target, 0, target.length, plan.bom + offset),
  };
  const options = optionsFor(plan, kit);
  return readTextSegment(options, source, stretch, start, enough);
}
