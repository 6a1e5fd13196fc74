/** @jsxImportSource preact */
import { counted } from "../../page.js";
import { collectScript } from "../collect-script.js";
import type { View } from "../view.js";
import { CopyButton, Prose, Section } from "./words.js";

/** Open questions that are listed. */
const MOST = 40;

/** What would have settled the open questions, and how to collect it. */
export const Collect = ({ view: { report } }: { view: View }) => {
  const missing = report.missing.slice(0, MOST);
  if (missing.length === 0) return null;
  const script = collectScript({ ...report, missing });
  const left = report.missing.length - missing.length;
  return (
    <Section id="collect" title="What to collect next time">
      <ul>
        {missing.map(({ what, why }) => (
          <li key={`${what} ${why}`}>
            <b>
              <Prose text={what} />
            </b>
            : <Prose text={why} />
          </li>
        ))}
      </ul>
      {left > 0 && <p>{counted(left, "more open question")} in the JSON report.</p>}
      <div class="script">
        <CopyButton label="Copy the script" />
        <pre>
          <code>{script}</code>
        </pre>
      </div>
    </Section>
  );
};
