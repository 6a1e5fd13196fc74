import { unplacedLines } from "../../report/terminal-lists.js";
import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";

/** Evidence that would have settled an open question, with the commands that collect it, and what has no place on the timeline. */
export function missingPane({ subject, page }: Look): Pane {
  const { report } = subject.study;
  const sheet = new Sheet(page);
  sheet.heading("WHAT TO COLLECT NEXT TIME");
  if (report.missing.length === 0) sheet.text("Nothing: no question stayed open for want of evidence.", 2);
  for (const [i, { what, why, command }] of report.missing.entries()) {
    if (i > 0) sheet.blank();
    sheet.text(what, 2, { styles: ["bold"] });
    sheet.text(why, 2);
    if (command !== "") sheet.text(command, 6, { first: "    $", styles: ["cyan"] });
  }
  const unplaced = unplacedLines(page, report);
  if (unplaced.length > 0) sheet.heading("NOT ON THE TIMELINE");
  for (const line of unplaced) sheet.line([span(line)]);
  return { title: "Missing", rows: sheet.rows };
}
