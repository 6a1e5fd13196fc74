/** What questions that traces show have in common: who asks whom for what. */
export interface TracedKind {
  /** As `dns.question.name`, `dns.question.type` and `destination.ip` have it. */
  readonly name: string;
  readonly type: string;
  readonly server: string;
  /** See `processOf` (sightings.ts). */
  readonly process: string;
  /** Under what its look-ups wait (lookups.ts), and its legs are told of (told-legs.ts): made once. */
  readonly waitsAs: string;
  readonly toldAs: string;
}

/** A question that was asked once, of one server. */
export interface TracedQuestion {
  readonly kind: TracedKind;
  readonly id: number;
  /** µs UTC. */
  readonly asked: number;
}

/** The look-ups of one client that go on with one another. */
export const waitingKey = (client: string, name: string, type: string): string => `${client}|${name}|${type}`;

/** The legs that words may tell of. */
export const toldKey = (name: unknown, server: unknown): string => `${name}|${server}`;

export const tracedKind = (process: string, name: string, type: string, server: string): TracedKind => ({
  process,
  name,
  type,
  server,
  waitsAs: waitingKey(process, name, type),
  toldAs: toldKey(name, server),
});

/**
 * So many questions that have something in common (process, name, or server) may be open at once, beside so many that are answered
 * in a moment: together they are fewer than whatever is followed at once.
 */
export const FEW_TRACED = 8;
