import { createScanner } from "../../src/scan/create.js";
import type { Scanner } from "../../src/scan/scanner.js";

/** The kinds of scanners that must find the same. */
export const KINDS = ["js", "wasm"] as const;

export const latin1 = (text: string) => Buffer.from(text, "latin1");

/** A scanner with the text in it, which looks by tables from the first byte on. What lies behind the text are its own first bytes: nobody may take them for a part of it. */
export function loaded(
  kind: "js" | "wasm",
  literals: readonly string[],
  text: Buffer,
  capacity = text.length + 64,
): Scanner {
  const scanner = createScanner(literals, { kind, capacity, little: 0 });
  load(scanner, text);
  return scanner;
}

export function load({ bytes }: Scanner, text: Buffer): void {
  text.copy(bytes);
  text.copy(bytes, text.length);
}

export function hits(scanner: Scanner, length: number): number[] {
  return [...scanner.hits.subarray(0, scanner.findHits(length))];
}

export function ends(scanner: Scanner, length: number): number[] {
  return [...scanner.ends.subarray(0, scanner.findEnds(length))];
}

/** Numbers of the odd ones among all lines, with the last one that no line feed ends. */
export function odd(scanner: Scanner, length: number): number[] {
  const lines = scanner.findEnds(length) + 1;
  return [...scanner.odd.subarray(0, scanner.findOdd(0, lines))];
}

/** All offsets at which a literal begins that ends within the text, found in the plainest way. */
export function naiveHits(literals: readonly string[], text: Buffer): number[] {
  const found = new Set<number>();
  for (const literal of literals) {
    if (literal === "") continue;
    for (let at = text.indexOf(literal, 0, "latin1"); at >= 0; at = text.indexOf(literal, at + 1, "latin1"))
      found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}
