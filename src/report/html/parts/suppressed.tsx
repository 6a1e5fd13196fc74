/** @jsxImportSource preact */
import { suppressedSentences } from "../../suppressed-words.js";
import type { View } from "../view.js";
import { Prose, Section } from "./words.js";

/** What the project file takes out of the findings, and why; nothing where it takes out none. */
export const Suppressed = ({ view: { report } }: { view: View }) => {
  const sentences = suppressedSentences(report.suppressed);
  if (sentences.length === 0) return null;
  return (
    <Section id="suppressed" title="Suppressed findings">
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Prose text={sentence} />
          </li>
        ))}
      </ul>
    </Section>
  );
};
