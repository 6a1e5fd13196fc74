import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event } from "../../../src/model/event.js";
import type { ReportFinding } from "../../../src/report/contract.js";
import { rules } from "../../../src/rules/generated.js";
import { analyze } from "../../../src/run/analyze.js";

/** The rules that tell how far packets come. */
const LADDER: ReadonlySet<string> = new Set([
  "dropped-at-bridge",
  "dropped-in-forwarding",
  "next-hop-silent",
  "masquerade-missing",
  "upstream-silent",
  "reply-not-delivered",
  "lost-nat",
]);

/** What is found in files, given by their paths, that has to do with the ladder; and the passages behind it. */
export async function judged(
  files: Readonly<Record<string, string>>,
): Promise<{ findings: ReportFinding[]; passages: Event["fields"][] }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ladder-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const passages: Event["fields"][] = [];
    const onlooker = {
      look: (event: Event) => event.action === "packet.passage" && passages.push(event.fields),
      boundary: () => {},
    };
    const { findings } = await analyze([folder], { grammars, rules, version: "test", jobs: 1, onlooker });
    return { findings: findings.filter(({ rule }) => LADDER.has(rule)), passages };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
