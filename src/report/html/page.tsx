/** @jsxImportSource preact */

import { verdictOf } from "../verdict.js";
import { Header } from "./parts/header.js";
import { Story } from "./parts/story.js";
import { Prose } from "./parts/words.js";
import { TimelineFigure } from "./timeline/static.js";
import { findingAnchor, type View } from "./view.js";

/** What the browser's tab and a saved file are called. */
export const titleOf = ({ report, lead }: View): string =>
  `${lead?.title ?? verdictOf(report, "").title} – hindcast`;

/** The page, in the order in which its readers need it. */
export const Page = ({ view }: { view: View }) => (
  <>
    <Header view={view} />
    <main id="main">
      {view.lead && (
        <section id="story" aria-labelledby="story-title">
          <h2 id="story-title">What happened</h2>
          <Story view={view} root={view.lead} />
        </section>
      )}
      <section id="timeline" aria-labelledby="timeline-title">
        <h2 id="timeline-title">Timeline</h2>
        <TimelineFigure study={view.study} />
      </section>
      <section id="findings" aria-labelledby="findings-title">
        <h2 id="findings-title">All findings</h2>
        {view.report.findings.map((finding) => (
          <details key={finding.id} id={findingAnchor(finding.id)} class="finding">
            <summary>{finding.title}</summary>
            <p>
              <Prose text={finding.summary} />
            </p>
          </details>
        ))}
      </section>
    </main>
  </>
);
