import type { Clue } from "../../../../src/clock/align/clue.js";
import type { CluedClock } from "../../../../src/clock/align/matcher.js";
import { Random } from "./random.js";
import { KINDS, type Recorded, Recorder, type SourceKind } from "./source.js";
import { TrueClock } from "./true-clock.js";
import { makeWorld, type World } from "./world.js";

/** What a program is given of an incident, and what is true of it. */
export interface Incident {
  world: World;
  sources: Recorded[];
  clocks: CluedClock[];
  clues: Clue[];
}

/** What is collected together. Who cannot name what he saw needs to see more of it. */
const SCENES: readonly { kinds: readonly SourceKind[]; busy: number }[] = [
  { kinds: ["capture", "trace", "trace without stamps"], busy: 14 },
  { kinds: ["capture", "trace"], busy: 14 },
  { kinds: ["capture", "trace", "resolver log", "access log"], busy: 40 },
  { kinds: ["service log", "journal", "syslog"], busy: 20 },
];

/** The incident of a number: always the same. */
export function makeIncident(number: number): Incident {
  const random = new Random(number);
  const scene = random.pick(SCENES);
  const world = makeWorld(random, random.whole(3, scene.busy));
  const sources: Recorded[] = [];
  const stepped = random.chance(0.12) ? 0 : -1;
  for (let i = random.whole(2, 4); i > 0; i--) {
    const index = sources.length;
    const kind = random.chance(0.15) ? random.pick(KINDS) : random.pick(scene.kinds);
    const clock = new TrueClock(
      random,
      world.from,
      world.to,
      index === stepped && /^(capture|trace)$/.test(kind),
    );
    sources.push(new Recorder(random, world, index, kind, clock).record());
  }
  const clues = sources.flatMap((source) => source.clues);
  shuffle(random, clues);
  const clocks = sources.map(({ kind, lapses }) => ({ unstamped: kind === "trace without stamps", lapses }));
  return { world, sources, clocks, clues };
}

/** Sources are read in any order. */
function shuffle(random: Random, items: unknown[]): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
