import { binary } from "./binary.mjs";
import { clocks } from "./clocks.mjs";
import { cores } from "./cores.mjs";
import { decoded } from "./decoded.mjs";
import { folder } from "./folder.mjs";
import { hostile } from "./hostile.mjs";
import { html } from "./html.mjs";
import { journal } from "./journal.mjs";
import { packed } from "./packed.mjs";
import { pcap } from "./pcap.mjs";
import { rules } from "./rules.mjs";
import { shapes } from "./shapes.mjs";
import { start } from "./start.mjs";
import { strace } from "./strace.mjs";
import { timeline } from "./timeline.mjs";

/** What `npm run bench` measures, in this order; each by its name alone, too. */
export const SECTIONS = {
  start,
  journal,
  decoded,
  hostile,
  packed,
  binary,
  strace,
  pcap,
  folder,
  rules,
  timeline,
  shapes,
  cores,
  clocks,
  html,
};
