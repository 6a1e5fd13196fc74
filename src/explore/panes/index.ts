import { Page } from "../../report/page.js";
import type { Filter } from "../filter.js";
import { remembered } from "../memo.js";
import type { Look, Pane } from "../pane.js";
import type { State } from "../state.js";
import type { Subject } from "../subject.js";
import { keyOf, type Target } from "../target.js";
import { lanesFor } from "../timeline/layout.js";
import { evidencePane } from "./evidence.js";
import { filterPane } from "./filter.js";
import { findingPane } from "./finding.js";
import { findingsPane } from "./findings.js";
import { helpPane } from "./help.js";
import { missingPane } from "./missing.js";
import { momentPane } from "./moment.js";
import { recordPane } from "./record.js";
import { sourcePane } from "./source.js";
import { sourcesPane } from "./sources.js";
import { storyPane } from "./story.js";

/** What is looked at, and what the terminal can show. */
export interface Scene {
  subject: Subject;
  /** False: nothing but ASCII is shown. */
  utf8: boolean;
}

/** Texts are laid out for so many columns; from a terminal that is wider or narrower they are cut. */
export const pageFor = remembered(
  (columns: number, utf8: boolean) => new Page({ width: columns, utf8, full: true }),
);

/** What is seen instead of the timeline: the overlay's pane, or that of what was opened last. */
export function paneOf({ subject, utf8 }: Scene, state: State): Pane {
  const page = pageFor(state.size.columns, utf8);
  if (state.overlay?.what === "help") return help(page);
  if (state.overlay?.what === "filter") return filters(subject, page, state.filter);
  const target = state.stack.at(-1)!;
  return targetPane(subject, page, state.filter, state.timeline.by, keyOf(target));
}

const help = remembered((page: Page) => helpPane(page));
const filters = remembered((subject: Subject, page: Page, filter: Filter) =>
  filterPane({ subject, page, filter }),
);

const targetPane = remembered(
  (subject: Subject, page: Page, filter: Filter, by: State["timeline"]["by"], key: string): Pane => {
    const target = JSON.parse(key) as Target;
    const look: Look = { subject, page, filter };
    if (target.kind === "finding") return findingPane(look, target.id);
    if (target.kind === "record") return recordPane(look, target);
    if (target.kind === "source") return sourcePane(look, target.path);
    if (target.kind === "moment") return momentPane(look, lanesFor(subject, filter, by), target);
    return viewPane(look, target.view);
  },
);

function viewPane(look: Look, view: Extract<Target, { kind: "view" }>["view"]): Pane {
  if (view === "story") return storyPane(look);
  if (view === "findings") return findingsPane(look);
  if (view === "evidence") return evidencePane(look);
  if (view === "sources") return sourcesPane(look);
  return view === "missing" ? missingPane(look) : { title: "Timeline", rows: [] };
}
