/** @jsxImportSource preact */
import type { ReportFinding } from "../contract.js";
import { counted } from "../page.js";
import { verdictOf } from "../verdict.js";
import { furtherRoots } from "../view.js";
import { storyOf } from "../view-story.js";
import { Clocks } from "./parts/clocks.js";
import { Collect } from "./parts/collect.js";
import { Contents } from "./parts/contents.js";
import { CoverageTable } from "./parts/coverage.js";
import { Evidence } from "./parts/evidence.js";
import { Findings } from "./parts/findings.js";
import { Header } from "./parts/header.js";
import { Ladders } from "./parts/ladder.js";
import { Remedies } from "./parts/remedies.js";
import { Story } from "./parts/story.js";
import { Suppressed } from "./parts/suppressed.js";
import { Unread } from "./parts/unread.js";
import { Prose, Section, sureness } from "./parts/words.js";
import { TimelineFigure } from "./timeline/static.js";
import type { View } from "./view.js";

/** Causes beside the first that are told. */
const MOST_ROOTS = 10;

/** What the browser's tab and a saved file are called. */
export const titleOf = ({ report, lead }: View): string =>
  `${lead?.title ?? verdictOf(report, "").title} – hindcast`;

/** The page, in the order in which its readers need it. */
export const Page = ({ view }: { view: View }) => (
  <>
    <a class="skip" href="#main">
      Skip to the report
    </a>
    <Header view={view} />
    <Contents view={view} />
    <main id="main">
      {view.lead && <LeadStory view={view} lead={view.lead} />}
      <FurtherStories view={view} />
      {view.study.picture.origin !== null && (
        <Section id="timeline" title="Timeline">
          <TimelineFigure study={view.study} />
        </Section>
      )}
      <Ladders view={view} />
      <Findings view={view} />
      <Suppressed view={view} />
      <Evidence view={view} />
      <Clocks view={view} />
      <CoverageTable view={view} />
      <Unread view={view} />
      <Collect view={view} />
    </main>
  </>
);

const LeadStory = ({ view, lead }: { view: View; lead: ReportFinding }) => (
  <Section id="story" title="What happened" note={storyNote(view, lead)}>
    <Story view={view} root={lead} />
    <Remedies finding={lead} heading="h3" id="remedies" />
  </Section>
);

/** The day, and how sure the chain is as a whole. */
function storyNote({ report, clock }: View, root: ReportFinding): string {
  const { steps, confidence } = storyOf(report, root);
  const whole = steps.length > 1 && confidence !== undefined ? `the whole chain ${sureness(confidence)}` : "";
  return [clock.note, whole].filter((words) => words !== "").join("; ");
}

/** Causes of their own, beside the one that the page leads with. */
const FurtherStories = ({ view }: { view: View }) => {
  const roots = furtherRoots(view.report);
  const left = roots.length - MOST_ROOTS;
  return (
    <>
      {roots.slice(0, MOST_ROOTS).map((root, i) => (
        <FurtherStory key={root.id} view={view} root={root} number={i + 2} />
      ))}
      {left > 0 && (
        <p>
          {counted(left, "more root cause")}: see <a href="#findings">all findings</a>.
        </p>
      )}
    </>
  );
};

const FurtherStory = ({ view, root, number }: { view: View; root: ReportFinding; number: number }) => (
  <Section id={`story-${number}`} title={`Also, on its own: ${root.title}`} note={storyNote(view, root)}>
    {root.summary !== root.title && (
      <p>
        <Prose text={root.summary} />
      </p>
    )}
    <Story view={view} root={root} />
    <Remedies finding={root} heading="h3" />
  </Section>
);
