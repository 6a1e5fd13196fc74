import type { Clockface } from "../../report/clockface.js";
import type { Page } from "../../report/page.js";
import type { Ladder, LadderPacket } from "../../report/study.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { type Line, type Style, span, widthOf } from "../line.js";
import type { Row } from "../pane.js";

/** How it looks whether a packet was seen at a hop. */
const SIGNS: Record<
  LadderPacket["at"][number],
  { sign: string; ascii: string; word: string; styles: Style[] }
> = {
  seen: { sign: "●", ascii: "o", word: "seen", styles: ["green"] },
  translated: { sign: "◐", ascii: "t", word: "translated", styles: ["cyan"] },
  missing: { sign: "✗", ascii: "X", word: "missing", styles: ["red", "bold"] },
  unknown: { sign: "?", ascii: "?", word: "not watched", styles: ["dim"] },
};

/** Packets below each other, hops side by side: what was seen where, and where each was lost. A packet opens its record. */
export function ladderRows(page: Page, clock: Clockface, ladder: Ladder): Row[] {
  const hops = ladder.hops.map((hop) => page.fitEnd(hop, MOST_HOP));
  const widths = hops.map((hop) => Math.max(displayWidth(hop), LEAST_HOP));
  const head: Line = [
    span("  "),
    ...hops.flatMap((hop, i) => [span(padEnd(hop, widths[i]!), "dim"), span("  ")]),
  ];
  return [
    { line: head },
    ...ladder.packets.flatMap((packet) => packetRows(page, clock, packet, widths)),
    legend(page),
  ];
}

const MOST_HOP = 16;
const LEAST_HOP = 4;

function packetRows(page: Page, clock: Clockface, packet: LadderPacket, widths: readonly number[]): Row[] {
  const signs = signsLine(page, packet, widths);
  const target = { kind: "record", source: packet.source, line: packet.line } as const;
  const broken = packet.broken === undefined ? "" : (packet.addresses[packet.broken] ?? "");
  const addresses = broken || packet.addresses.find((text) => text !== "") || "";
  const time = clock.when(packet.time, {}, 6);
  const words = [time, packet.label, addresses, packet.outcome].filter((text) => text !== "").join("  ");
  const beside = 2 + widthOf(signs) + 2;
  if (page.width - beside < LEAST_WORDS)
    return [
      { line: [span("  "), ...signs], target, begins: true, find: words },
      ...page.block(words, 4).map((text) => ({ line: [span(text)], target, find: words })),
    ];
  return page.block(words, beside).map((text, i) => ({
    line: i === 0 ? [span("  "), ...signs, span(`  ${text.slice(beside)}`)] : [span(text)],
    target,
    find: words,
    ...(i === 0 && { begins: true as const }),
  }));
}

/** Words beside the signs are read only where they have so many columns. */
const LEAST_WORDS = 50;

/** A sign for each hop, and the way between those that a packet came to, or should have come to. */
function signsLine(page: Page, { at, broken }: LadderPacket, widths: readonly number[]): Line {
  return widths.flatMap((width, i) => {
    const { sign, ascii, styles } = SIGNS[at[i] ?? "unknown"];
    const here = span(page.utf8 ? sign : ascii, ...styles);
    if (i === widths.length - 1) return [here];
    const lost = at[i + 1] === "missing";
    const way = lost && i + 1 !== broken ? NO_WAY : lost ? BROKEN : WAY;
    return [here, span(`${way[page.utf8 ? 0 : 1].repeat(width - 1)}  `, lost ? "red" : "dim")];
  });
}

const WAY = ["─", "-"] as const;
const BROKEN = ["╌", "."] as const;
const NO_WAY = [" ", " "] as const;

function legend(page: Page): Row {
  const words = Object.values(SIGNS).map(({ sign, ascii, word }) => `${page.utf8 ? sign : ascii} ${word}`);
  return { line: [span(`  ${words.join("   ")}`, "dim")] };
}
