import type { ByteSet } from "../bytes.js";
import type { Step, Track } from "./step.js";

/**
 * Reads bytes[from, to) by the steps of a track, and notes in `marks` where its groups begin and end.
 * @returns the offset behind what it read; -1: the bytes are no text of the track
 */
export type Matcher = (bytes: Uint8Array, from: number, to: number, marks: Int32Array) => number;

/** Where the begin of a group is noted in a matcher's `marks`; its end is noted behind it. */
export const markOf = (group: number): number => 2 * group;

/** A function for the steps of a plain track (plain.ts). */
export function compileTrack(track: Track): Matcher {
  const sets: Uint8Array[] = [];
  const body = track.map((step) => sourceOf(step, sets)).join("\n");
  const tables = sets.map((_, i) => `const s${i} = sets[${i}];`).join(" ");
  const make = new Function(
    "sets",
    `"use strict"; ${tables} return (b, p, to, marks) => { let q = p;\n${body}\nreturn p; };`,
  );
  return make(sets) as Matcher;
}

function sourceOf(step: Step, sets: Uint8Array[]): string {
  switch (step.kind) {
    case "open":
      return `marks[${markOf(step.group)}] = p;`;
    case "close":
      return `marks[${markOf(step.group) + 1}] = p;`;
    case "unless":
      return `if (${standsHere(step.bytes)}) return -1;`;
    case "bytes":
      return `if (!(${standsHere(step.bytes)})) return -1; p += ${step.bytes.length};`;
    case "run":
      return runSource(step, sets);
  }
}

function standsHere(bytes: string): string {
  const tests = [...bytes].map((byte, i) => `b[p + ${i}] === ${byte.charCodeAt(0)}`);
  return [`p + ${bytes.length} <= to`, ...tests].join(" && ");
}

function runSource({ set, min, max, last }: Step & { kind: "run" }, sets: Uint8Array[]): string {
  const isIn = (at: string) => `s${tableOf(set, sets)}[b[${at}]] === 1`;
  if (min === max) {
    const tests = Array.from({ length: min }, (_, i) => isIn(`p + ${i}`));
    return `if (!(${[`p + ${min} <= to`, ...tests].join(" && ")})) return -1; p += ${min};`;
  }
  const lines = [`q = p; while (p < to && ${isIn("p")}) p++;`];
  if (min > 0) lines.push(`if (p - q < ${min}) return -1;`);
  if (max !== Number.POSITIVE_INFINITY) lines.push(`if (p - q > ${max}) return -1;`);
  if (last) lines.push(`if (s${tableOf(last, sets)}[b[p - 1]] !== 1) return -1;`);
  return lines.join(" ");
}

/** 1 for each byte of a set. */
function tableOf(set: ByteSet, sets: Uint8Array[]): number {
  const table = new Uint8Array(256);
  for (const byte of set.members()) table[byte] = 1;
  const known = sets.findIndex((other) => other.every((bit, byte) => bit === table[byte]));
  return known >= 0 ? known : sets.push(table) - 1;
}
