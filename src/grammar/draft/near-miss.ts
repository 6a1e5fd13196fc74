/**
 * Texts that nearly look like a record: a word of the format's own changed, the end cut off, the beginning gone. Whoever writes the
 * grammar's `reject` picks the first that no shape reads.
 * @param words the record's constant words
 */
export function nearMisses(record: string, words: readonly string[]): string[] {
  const misses: string[] = [];
  const longest = [...words].sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined && longest.length > 2) misses.push(record.replace(longest, flipped(longest)));
  const pieces = record.split(/(?<=[\s:\]])/);
  for (const part of [1 / 2, 1 / 4]) {
    const cut = pieces
      .slice(0, Math.floor(pieces.length * part))
      .join("")
      .trimEnd();
    if (cut !== "") misses.push(cut);
  }
  if (pieces.length > 1) misses.push(pieces.slice(1).join(""));
  misses.push(`> ${record}`, record.slice(1), `x${record}`);
  return misses.filter((text) => text.trim() !== "" && text !== record);
}

/** Another word of the same length: the letters of the first half the other way round, or their case. */
function flipped(word: string): string {
  const half = Math.ceil(word.length / 2);
  const turned = [...word.slice(0, half)].reverse().join("") + word.slice(half);
  return turned === word ? word.replace(/[a-z]/i, (letter) => (letter === "x" ? "y" : "x")) : turned;
}
