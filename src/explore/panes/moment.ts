import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import type { Target } from "../target.js";
import { digitsFor, momentText } from "../timeline/axis.js";
import type { Lane } from "../timeline/lanes.js";
import { happeningLines } from "../timeline/panel.js";
import { happenings } from "../timeline/under.js";

/** Everything that a stretch of time holds, lane by lane; each event opens its record. */
export function momentPane(
  look: Look,
  lanes: readonly Lane[],
  target: Extract<Target, { kind: "moment" }>,
): Pane {
  const { subject, page } = look;
  const { from, to } = target;
  const digits = Math.min(9, Math.max(6, digitsFor((to - from) / 10)));
  const sheet = new Sheet(page);
  for (const lane of lanes) {
    if (target.lane !== undefined && lane.key !== target.lane) continue;
    const here = happenings(lane, from, to);
    if (here.length === 0) continue;
    sheet.heading(page.fitEnd(lane.name, page.width - 12), `${here.length}`);
    happeningLines(subject, here, page, digits, page.width).forEach((line, i) => {
      const { target: opens, action, label, place } = here[i]!;
      sheet.line(line, { target: opens, find: `${place} ${action} ${label}` });
    });
  }
  if (sheet.rows.length === 0) sheet.line([span("  Nothing that was kept one by one.", "dim")]);
  return { title: momentText(subject.study.picture.origin ?? 0, from, digits), rows: sheet.rows };
}
