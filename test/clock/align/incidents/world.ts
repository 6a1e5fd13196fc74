import type { Random } from "./random.js";

const SECOND = 1_000_000;
const MS = 1000;

/** A message on its way: true times at its sender, and at whom it was sent to (NaN: never arrived). */
export interface Message {
  sent: number;
  got: number;
}

/** A request, and its answer where there was one. */
export interface Exchange {
  kind: "dns" | "http";
  /** What identifies it: sendings of one question share it. */
  name: string;
  question: Message;
  answer: Message | undefined;
  /** The asker, if it gave up: how long it waited at least. */
  waited: number | undefined;
}

/** A daemon wrote a line: given its stamp, then written; both become true times. */
export interface Line {
  stamped: number;
  written: number;
  text: string;
}

/** What happened, in true times (µs). */
export interface World {
  from: number;
  to: number;
  exchanges: Exchange[];
  lines: Line[];
}

const START = 1_790_000_000 * SECOND;

/** @param busy how many exchanges there are, roughly */
export function makeWorld(random: Random, busy: number): World {
  const seconds = random.pick([20, 60, 60, 200, 600]);
  const world: World = { from: START, to: START + seconds * SECOND, exchanges: [], lines: [] };
  const delay = random.between(20, 350);
  for (let i = 0; i < busy; i++) {
    const at = random.between(world.from, world.to);
    if (random.chance(0.6)) lookUp(random, world, at, delay);
    else request(random, world, at, delay, random.chance(0.3) ? `/${random.whole(0, 3)}` : `/p${i}`);
  }
  if (random.chance(0.08)) job(random, world, delay);
  for (let i = random.whole(0, busy); i > 0; i--) {
    const stamped = random.between(world.from, world.to);
    const written = stamped + random.between(1, 200);
    world.lines.push({
      stamped,
      written,
      text: random.chance(0.2) ? `again ${random.whole(0, 2)}` : `line ${i}`,
    });
  }
  world.exchanges.sort((x, y) => x.question.sent - y.question.sent);
  world.lines.sort((x, y) => x.stamped - y.stamped);
  return world;
}

/** A and AAAA; sometimes unanswered and sent again, with the same id. */
function lookUp(random: Random, world: World, at: number, delay: number): void {
  const host = random.whole(0, 9);
  const ids = [random.whole(0, 65535), random.whole(0, 65535)];
  const gap = random.chance(0.6) ? 5 * SECOND : random.pick([0.3, 1, 2]) * SECOND;
  const unanswered = random.chance(0.25) ? random.whole(1, 3) : 0;
  let sending = at;
  for (let attempt = 0; attempt <= unanswered && sending < world.to; attempt++) {
    for (const [i, type] of ["A", "AAAA"].entries()) {
      const name = `${ids[i]} host${host} ${type}`;
      const sent = sending + i * random.between(30, 300);
      const isLost = attempt < unanswered;
      const exchange = isLost
        ? unansweredTo(random, name, sent, delay, gap)
        : answered(random, "dns", name, sent, delay);
      world.exchanges.push(exchange);
    }
    sending += gap + random.between(0.1, 4) * MS;
  }
}

function request(random: Random, world: World, at: number, delay: number, path: string): void {
  world.exchanges.push(answered(random, "http", `GET ${path}`, at, delay));
}

/** The same requests in the same rhythm, again and again. */
function job(random: Random, world: World, delay: number): void {
  const period = random.between(8, 30) * SECOND;
  const steps = [0, 0, 0, 0].map(() => random.between(0, 3) * SECOND);
  for (let start = world.from + random.between(0, period); start < world.to; start += period)
    for (const [i, step] of steps.entries()) request(random, world, start + step, delay, `/job${i}`);
}

function answered(
  random: Random,
  kind: Exchange["kind"],
  name: string,
  sent: number,
  delay: number,
): Exchange {
  const got = sent + delay * random.between(1, 1.5);
  const replied = got + random.between(20, 300);
  const back = replied + delay * random.between(1, 1.5);
  return { kind, name, question: { sent, got }, answer: { sent: replied, got: back }, waited: undefined };
}

function unansweredTo(random: Random, name: string, sent: number, delay: number, gap: number): Exchange {
  // Lost before its server, or the answer behind it: who stands between sees the question in any case.
  const got = random.chance(0.5) ? sent + delay : Number.NaN;
  return { kind: "dns", name, question: { sent, got }, answer: undefined, waited: gap };
}
