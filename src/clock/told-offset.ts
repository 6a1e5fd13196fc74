import { SECOND_US } from "../model/calendar.js";

/** What a person says of a clock. */
export interface ToldOffset {
  /** Names sources, see `sourcesNamed`. */
  pattern: string;
  /** Seconds that their stamps are ahead of the common clock; whole µs. */
  seconds: number;
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6 };

/** A century: no clock is further off that anybody corrects. */
const MOST_SECONDS = 3.2e9;

/**
 * Reads `SOURCE=±SPAN`, where the span is seconds with a fraction, or parts with units (`1h30m`, `2d`, `250ms`).
 * @returns `undefined` when it is not written so
 */
export function parseToldOffset(text: string): ToldOffset | undefined {
  // A path may hold the sign itself.
  const [, pattern, sign, span] = /^(.+)=([+-]?)([^=]+)$/s.exec(text) ?? [];
  if (pattern === undefined) return undefined;
  const seconds = secondsOf(span!);
  if (seconds === undefined || seconds > MOST_SECONDS) return undefined;
  // A span of nothing is +0, whatever its sign.
  return { pattern, seconds: sign === "-" && seconds !== 0 ? -seconds : seconds };
}

function secondsOf(span: string): number | undefined {
  if (/^\d+(?:\.\d*)?$|^\.\d+$/.test(span)) return toMicros(Number(span));
  if (!/^(?:\d+(?:\.\d+)?(?:d|h|ms|us|m|s))+$/.test(span)) return undefined;
  let sum = 0;
  for (const [, count, unit] of span.matchAll(/([\d.]+)([a-z]+)/g)) sum += Number(count) * UNITS[unit!]!;
  return toMicros(sum);
}

const toMicros = (seconds: number): number => Math.round(seconds * SECOND_US) / SECOND_US;

/** `+3.2 s` */
export const offsetText = (seconds: number): string => `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)} s`;
