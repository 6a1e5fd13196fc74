/**
 * Cuts a text into the records that a grammar would be written for: lines, with those that are indented under them where most lines are not.
 * @param text bytes (a latin1 string), whole lines
 * @returns records without line ends; empty lines are left out
 */
export function recordsOf(text: string): string[] {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/\r$/, ""))
    .filter((line) => line.trim() !== "");
  const indented = lines.filter(isIndented).length;
  // Most lines are indented: a paste, or a format whose lines begin so.
  if (indented === 0 || indented * 2 > lines.length || isIndented(lines[0]!)) return lines;
  const records: string[] = [];
  for (const line of lines) {
    if (isIndented(line)) records[records.length - 1] += `\n${line}`;
    else records.push(line);
  }
  return records;
}

const isIndented = (line: string): boolean => /^[ \t]/.test(line);
