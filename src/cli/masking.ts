import type { GatherOptions } from "../api/redact.js";
import type { RedactFlags } from "./redact-flags.js";
import type { Redaction } from "./redaction.js";

/** Do the flags ask for masked output? A key or a map alone does. */
export const isMasked = ({ redact, redactKey, redactMap }: RedactFlags) =>
  redact !== undefined || redactKey !== undefined || redactMap !== undefined;

/**
 * What masks the output of a command, as its flags want it; nothing of it is loaded where they want none.
 * @param names that the user gave to things, and that are shown
 * @throws UsageError
 */
export async function maskingFor(
  flags: RedactFlags,
  paths: readonly string[],
  options: GatherOptions,
  names: Iterable<string> = [],
): Promise<Redaction | undefined> {
  if (!isMasked(flags)) return undefined;
  return (await import("./redaction.js")).redactionFor(flags, paths, options, names);
}

/** Waits for work; where its output is masked, its errors are. */
export const guarded = <T>(masking: Redaction | undefined, work: Promise<T>): Promise<T> =>
  masking ? masking.guarded(work) : work;
