/** @jsxImportSource preact */
import { counted } from "../../page.js";
import { troubleOf, unplacedGroups } from "../../view.js";
import type { View } from "../view.js";
import { Prose, Section } from "./words.js";

const MOST_PROBLEMS = 100;
const MOST_NAMED = 20;

/** What could not be read, not be understood, or has no place in time. */
export const Unread = ({ view: { report } }: { view: View }) => {
  const { unparsed } = report.summary;
  const problems = report.problems.slice(0, MOST_PROBLEMS);
  const left = report.problems.length - problems.length;
  const unplaced = unplacedGroups(report);
  const allRead = problems.length === 0 && unplaced.length === 0 && unparsed === 0;
  return (
    <Section id="unread" title="What could not be read">
      {allRead && <p>Nothing: all records were read, understood, and placed in time.</p>}
      {unparsed > 0 && (
        <p>
          {counted(unparsed, "record")} of {counted(report.summary.records, "record")} fit no known format and{" "}
          {unparsed === 1 ? "was" : "were"} not judged.
        </p>
      )}
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={troubleOf(problem)}>
              {problem.severity === "error" && <b>not read: </b>}
              <Prose text={troubleOf(problem)} />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && <p>{counted(left, "more problem")} in the JSON report.</p>}
      {unplaced.length > 0 && (
        <>
          <h3>Not on the timeline</h3>
          <ul>
            {unplaced.map(({ why, sources, records }) => (
              <li key={why}>
                {sources.slice(0, MOST_NAMED).join(", ")}
                {sources.length > MOST_NAMED && ` and ${sources.length - MOST_NAMED} more`} (
                {counted(records, "record")}): {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
};
