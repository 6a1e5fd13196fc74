import type { TimelineData } from "../timeline/data.js";
import { copyOnClick } from "./copy.js";
import { openForPaper, openTarget } from "./details.js";
import { switchTheme } from "./theme.js";
import { mountTimeline } from "./timeline/mount.js";

/** What the HTML report does beyond being read: bundled by scripts/client.mjs, runs in the browser. */
document.documentElement.classList.add("scripted");
switchTheme(document.getElementById("theme")!);
document.getElementById("print")!.addEventListener("click", () => window.print());
copyOnClick(document);
openTarget();
openForPaper();

const timeline = document.getElementById("timeline");
if (timeline) {
  const data: TimelineData = JSON.parse(document.getElementById("study")!.textContent);
  mountTimeline(timeline, data);
}
