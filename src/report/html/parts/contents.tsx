/** @jsxImportSource preact */
import type { View } from "../view.js";

/** The parts of a page, and when it has them. */
const PARTS: readonly { id: string; title: string; has: (view: View) => boolean }[] = [
  { id: "story", title: "What happened", has: ({ lead }) => lead !== undefined },
  { id: "remedies", title: "What to do", has: ({ lead }) => (lead?.remediation.length ?? 0) > 0 },
  { id: "timeline", title: "Timeline", has: ({ study }) => study.picture.origin !== null },
  { id: "packets", title: "Packets", has: ({ study }) => study.ladders.length > 0 },
  { id: "findings", title: "Findings", has: ({ report }) => report.findings.length > 0 },
  { id: "suppressed", title: "Suppressed", has: ({ report }) => report.suppressed !== undefined },
  { id: "evidence", title: "Evidence", has: ({ report }) => report.timeline.length > 0 },
  { id: "clocks", title: "Clocks", has: ({ report }) => report.clocks.length > 0 },
  { id: "coverage", title: "Coverage", has: ({ report }) => report.sources.length > 0 },
  { id: "unread", title: "Not read", has: () => true },
  { id: "collect", title: "Next time", has: ({ report }) => report.missing.length > 0 },
];

/** Links to the parts of the page. */
export const Contents = ({ view }: { view: View }) => (
  <nav class="contents" aria-label="Contents">
    <ul>
      {PARTS.filter(({ has }) => has(view)).map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  </nav>
);
