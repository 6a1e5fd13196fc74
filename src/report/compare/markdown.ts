import type { ReportEvidence } from "../contract.js";
import { excerpt } from "../excerpt.js";
import { codeSpan, prose } from "../markdown/escape.js";
import { listBlock, table } from "../markdown/gfm.js";
import { neutral } from "../neutral.js";
import { counted } from "../page.js";
import { placeOf } from "../view.js";
import { cut } from "../width.js";
import type { ComparedSide, Comparison, Difference } from "./contract.js";
import { alikeWords, KIND, lackWords, shownWords, verdictWords } from "./words.js";

/** Differences in the table, and those of them that are shown with records. */
const [MOST, MOST_PROVEN] = [60, 20];

/** A comparison as Markdown in which nothing from evidence acts. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { differences, notComparable, problems, notes, good, bad } = comparison;
  const rest = differences.length - MOST;
  const blocks: string[][] = [
    ["# A good run and a bad one", "", prose(verdictWords(comparison))],
    table(["", "where", "sources", "records", "from", "to"], [row("good", good), row("bad", bad)], [2, 3]),
    differences.length === 0
      ? []
      : [
          "## Differences",
          "",
          ...table(["", "what", "kind", "good", "bad"], differences.slice(0, MOST).map(cells), [0]),
          ...(rest > 0 ? ["", `_${counted(rest, "less telling one")} in the JSON form._`] : []),
        ],
    provenBlock(differences),
    listBlock(
      "Cannot be compared",
      notComparable.map((one) => `${lackWords(one)}; the other shows: ${shownWords(one, 10)}`),
    ),
    listBlock(
      "Read with trouble",
      problems.map(
        ({ side, path, line, message }) =>
          `${side} ${path}${line === undefined ? "" : `:${line}`}: ${message}`,
      ),
    ),
    [alikeWords(comparison), ...notes].map((note) => `_${prose(note)}_`),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const row = (name: string, { paths, sources, records, from, to }: ComparedSide): string[] => [
  name,
  paths.map((path) => codeSpan(cut(path, 200))).join(" "),
  `${sources}`,
  `${records}`,
  from ?? "",
  to ?? "",
];

const cells = ({ what, kind, good, bad }: Difference, index: number): string[] => [
  `${index + 1}`,
  codeSpan(cut(what, 120)),
  KIND[kind],
  prose(cut(good.text, 300)),
  prose(cut(bad.text, 300)),
];

/** The records behind the first differences. */
function provenBlock(differences: readonly Difference[]): string[] {
  const lines = differences.slice(0, MOST_PROVEN).flatMap(({ proof, what }, index) => {
    const records = [
      ...proof.good.map((record) => recordLine("good", record)),
      ...proof.bad.map((record) => recordLine("bad", record)),
    ];
    return records.length === 0 ? [] : [`${index + 1}\\. ${codeSpan(cut(what, 120))}`, "", ...records, ""];
  });
  return lines.length === 0 ? [] : ["## Records", "", ...lines.slice(0, -1)];
}

const recordLine = (side: string, record: ReportEvidence): string =>
  `- ${side}, ${codeSpan(placeOf(record))}: ${codeSpan(excerpt(neutral(record.text), 200))}`;
