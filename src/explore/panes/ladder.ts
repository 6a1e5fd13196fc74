import type { Clockface } from "../../report/clockface.js";
import type { Page } from "../../report/page.js";
import type { Ladder, LadderPacket } from "../../report/study.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { type Line, type Style, span } from "../line.js";
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
  const line: Line = widths.flatMap((width, i) => {
    const { sign, ascii, styles } = SIGNS[packet.at[i] ?? "unknown"];
    const last = i === widths.length - 1;
    const broken = packet.broken !== undefined && i + 1 === packet.broken;
    const way = last ? "" : (broken ? BROKEN : WAY)[page.utf8 ? 0 : 1]!.repeat(width - 1);
    return [
      span(page.utf8 ? sign : ascii, ...styles),
      span(`${way}${last ? "" : "  "}`, broken ? "red" : "dim"),
    ];
  });
  const time = clock.when(packet.time, {}, 6);
  const target = { kind: "record", source: packet.source, line: packet.line } as const;
  const broken = packet.broken === undefined ? "" : (packet.addresses[packet.broken] ?? "");
  const addresses = broken || packet.addresses.find((text) => text !== "") || "";
  const words = [time, packet.label, addresses, packet.outcome].filter((text) => text !== "").join("  ");
  return [
    { line: [span("  "), ...line], target, begins: true, find: words },
    ...page.block(words, 4).map((text) => ({ line: [span(text)], target, find: words })),
  ];
}

const WAY = ["─", "-"] as const;
const BROKEN = ["╌", "."] as const;

function legend(page: Page): Row {
  const words = Object.values(SIGNS).map(({ sign, ascii, word }) => `${page.utf8 ? sign : ascii} ${word}`);
  return { line: [span(`  ${words.join("   ")}`, "dim")] };
}
