import { columns } from "../columns.js";
import type { ReportEvidence } from "../contract.js";
import { counted, Page, type PageOptions } from "../page.js";
import { placeOf } from "../view.js";
import type { ComparedSide, Comparison, Difference, SideName } from "./contract.js";
import { alikeWords, KIND, lackWords, shownWords, verdictWords } from "./words.js";

/** Differences that are printed; JSON has them all. */
const MOST = 30;

/** A comparison for a terminal. Harmless, and within the width. */
export function renderComparison(comparison: Comparison, options: PageOptions = {}): string {
  const page = new Page(options);
  const { differences, notes } = comparison;
  const shown = differences.slice(0, page.fold(differences.length, MOST));
  const rest = differences.length - shown.length;
  const blocks = [
    page
      .block(`hindcast ${comparison.version} ${page.glyph.dot} ${verdictWords(comparison)}`, 0, 3)
      .map((line) => page.paint(line, "bold")),
    [...sideLines(page, "good", comparison.good), ...sideLines(page, "bad", comparison.bad)],
    page.section("DIFFERENCES", [
      ...shown.flatMap((difference, index) => differenceLines(page, difference, index + 1)),
      ...(rest > 0 ? [page.paint(`  ${counted(rest, "less telling one")} in the JSON form`, "dim")] : []),
    ]),
    page.section("CANNOT BE COMPARED", missingLines(page, comparison)),
    page.section("READ WITH TROUBLE", troubleLines(page, comparison)),
    [alikeWords(comparison), ...notes].flatMap((note) =>
      page.block(note, 0, 3).map((line) => page.paint(line, "dim")),
    ),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function sideLines(
  page: Page,
  name: SideName,
  { paths, sources, records, from, to }: ComparedSide,
): string[] {
  const span = from === null ? "no dates" : `${from.slice(0, 19)}Z to ${(to ?? from).slice(0, 19)}Z`;
  const words = `${paths.join(" ")} ${page.glyph.dot} ${counted(sources, "source")}, ${counted(records, "record")}, ${span}`;
  const [first = "", ...rest] = page.block(words, 6, 2);
  return [
    page.paint(name.toUpperCase().padEnd(6), name === "good" ? "green" : "red") + first.slice(6),
    ...rest,
  ];
}

function differenceLines(page: Page, difference: Difference, number: number): string[] {
  const { kind, what, score, good, bad, proof } = difference;
  const head = `${String(number).padStart(3)}  ${page.paint(page.fit(what, page.width - 24), "bold")}`;
  const side = (name: string, text: string): string[] => {
    const [first = "", ...rest] = page.block(text, 11, 3);
    return [`     ${name.padEnd(6)}${first.slice(11)}`, ...rest];
  };
  return [
    `${head}  ${page.paint(`${KIND[kind]} ${score.toFixed(2)}`, "dim")}`,
    ...side("good", good.text),
    ...side("bad", bad.text),
    ...recordLines(page, [...proof.good, ...proof.bad]),
    "",
  ];
}

function recordLines(page: Page, records: readonly ReportEvidence[]): string[] {
  const places = records.map((record) => page.fitEnd(placeOf(record), Math.floor(page.width / 3)));
  const room = Math.max(8, page.width - 11 - Math.max(0, ...places.map((place) => place.length)) - 2);
  return columns(
    records.map((record, i) => [page.paint(places[i]!, "cyan"), page.quote(record.text, room)]),
    11,
  );
}

const missingLines = (page: Page, { notComparable }: Comparison): string[] =>
  notComparable.flatMap((one) => [
    ...page.block(`${lackWords(one)}; the other shows: ${shownWords(one, 6)}`, 2, 3),
  ]);

const troubleLines = (page: Page, { problems }: Comparison): string[] =>
  problems
    .slice(0, page.fold(problems.length, 10))
    .flatMap(({ side, path, line, message }) =>
      page.block(`${side.toUpperCase()} ${path}${line === undefined ? "" : `:${line}`}: ${message}`, 2, 3),
    );
