import { grouped } from "../page.js";
import type { Limit } from "./flavor.js";
import type { Markup } from "./markup.js";
import type { Part } from "./part.js";

/** Room that is kept for the sentence that says what was left out: own words and numbers. */
const NOTE_ROOM = 500;

const size = (lines: readonly string[], { measure }: Limit) =>
  lines.reduce((sum, line) => sum + measure(line) + 1, 0);

const text = ({ open, rows, close }: Part) => [...open, ...rows.flat(), ...close].join("\n");

/**
 * Puts parts together, a blank line between them. Where the limit does not hold them all, evidence is left out, the last row of the last
 * part first, and the end says how much of what is missing.
 *
 * @returns `undefined` where what must stay alone is too long
 */
export function fitted(parts: readonly Part[], limit: Limit, markup: Markup): string | undefined {
  const whole = parts.filter(({ open, rows }) => open.length + rows.length > 0);
  // The last part has no blank line below it.
  let used = -1;
  for (const part of whole) used += size([...part.open, ...part.rows.flat(), ...part.close], limit) + 1;
  if (used <= limit.most) return `${whole.map(text).join("\n\n")}\n`;

  const left = new Map<string, { kept: number; all: number }>();
  const kept: Part[] = [];
  for (const part of [...whole].reverse()) {
    const { evidence } = part;
    if (evidence === undefined) {
      kept.push(part);
      continue;
    }
    const rows = [...part.rows];
    while (rows.length > 0 && used > limit.most - NOTE_ROOM) used -= size(rows.pop()!, limit);
    const told = left.get(evidence) ?? { kept: 0, all: 0 };
    left.set(evidence, { kept: told.kept + rows.length, all: told.all + part.rows.length });
    if (rows.length > 0) kept.push({ ...part, rows });
    else used -= size([...part.open, ...part.close], limit) + 1;
  }
  if (used > limit.most - NOTE_ROOM) return undefined;
  const body = kept.reverse().map(text);
  return `${[...body, markup.note(`${noteOf(left, limit)} The JSON report has everything.`)].join("\n\n")}\n`;
}

function noteOf(left: ReadonlyMap<string, { kept: number; all: number }>, { most, unit }: Limit): string {
  const named = [...left].reverse().flatMap(([what, { kept, all }]) => {
    if (kept === all) return [];
    if (all === 1) return [`the ${what.replace(/s$/, "")}`];
    return [kept === 0 ? `all ${what}` : `${grouped(all - kept)} of ${grouped(all)} ${what}`];
  });
  return `Left out to fit into ${grouped(most)} ${unit}: ${named.join(", ")}.`;
}

/**
 * Puts as many parts together as fit, the first ones first, and says so: for a report of which not even what must stay has room.
 */
export function firstOf(parts: readonly Part[], limit: Limit, markup: Markup): string {
  const note = markup.note(
    `Left out to fit into ${grouped(limit.most)} ${limit.unit}: most of it. The JSON report has everything.`,
  );
  const kept: string[] = [];
  let used = limit.measure(note) + 1;
  for (const part of parts) {
    if (part.evidence !== undefined || part.open.length === 0) continue;
    const next = text(part);
    used += limit.measure(next) + 2;
    if (used > limit.most) break;
    kept.push(next);
  }
  return `${[...kept, note].join("\n\n")}\n`;
}
