// Holds confidences against what was really so: node scripts/calibration.mjs [--bin dist/hindcast.js] MANIFEST…
//
// A manifest is a JSON list of labelled selections of evidence: { name, dir, files (patterns below dir, `*` crosses
// folders), expect ("a|b": either), allow, root ("a|b") }. `dir` is told from the manifest's own folder. A manifest may also
// be a folder of cases, each with a case.json { expect_findings, allow_findings, root_cause } beside its evidence. A finding of
// at least medium severity is right when its rule is expected, wrong when it is neither expected nor allowed; what is
// merely allowed tells nothing and is counted apart. A manifest that is not there is skipped with a note.
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const SEVERE = new Set(["medium", "high", "critical"]);
/** What labels evidence, or was made while it was recorded: never evidence itself. */
const LABEL = /^(?:TRUTH\.json|truth.*|case\.json|runs\.jsonl|.*\.stderr|fault\.txt)$/;
/** Lower ends of the buckets, best first. */
const BUCKETS = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0];

const args = process.argv.slice(2);
const at = args.indexOf("--bin");
const [, bin] = at < 0 ? ["", "dist/hindcast.js"] : args.splice(at, 2);

const alternatives = (labels) => new Set((labels ?? []).flatMap((label) => label.split("|")));
const pattern = (glob) => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/** Copies what a case selects to a folder of its own, and gives the folder. */
function staged({ dir, files }, base) {
  const from = path.join(base, dir);
  const to = fs.mkdtempSync(path.join(os.tmpdir(), "calibration-"));
  const patterns = files.map(pattern);
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(from, file).split(path.sep).join("/");
    if (!entry.isFile() || LABEL.test(entry.name) || !patterns.some((one) => one.test(name))) continue;
    fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    fs.copyFileSync(file, path.join(to, name));
  }
  return to;
}

const rulesOf = (labels) => (labels ?? []).map((label) => (typeof label === "string" ? label : label.rule));

/** The cases of a manifest, and the folder that their paths are told from. */
function casesOf(manifest) {
  if (!fs.statSync(manifest).isDirectory())
    return { base: path.dirname(manifest), cases: JSON.parse(fs.readFileSync(manifest, "utf8")) };
  const cases = fs
    .readdirSync(manifest)
    .sort()
    .filter((dir) => fs.existsSync(path.join(manifest, dir, "case.json")))
    .map((dir) => {
      const label = JSON.parse(fs.readFileSync(path.join(manifest, dir, "case.json"), "utf8"));
      const [expect, allow] = [rulesOf(label.expect_findings), rulesOf(label.allow_findings)];
      return { name: dir, dir, files: ["*"], expect, allow, root: label.root_cause };
    });
  return { base: manifest, cases };
}

/** The report of a case, whatever the exit status. */
async function report(one, base) {
  const folder = staged(one, base);
  try {
    const arrived = await run(process.execPath, [bin, "analyze", folder, "-q", "-f", "json"], {
      maxBuffer: 2 ** 28,
    }).catch((error) => error);
    return JSON.parse(arrived.stdout);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const tally = () => new Map(BUCKETS.map((from) => [from, { right: 0, wrong: 0, allowed: 0 }]));
const bucketOf = (confidence) => BUCKETS.find((from) => confidence >= from);

/** Lower end of the 95 % interval of a share (E. B. Wilson, 1927): what so few cases can promise. */
function atLeast(right, all) {
  const z = 1.96;
  const share = right / all;
  const middle = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return (middle - spread) / (1 + (z * z) / all);
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

function table(title, counts) {
  const rows = [...counts].map(([from, { right, wrong, allowed }], i) => {
    const to = i === 0 ? "1.00" : BUCKETS[i - 1].toFixed(2);
    const told = right + wrong;
    const [share, least] = told === 0 ? ["–", "–"] : [percent(right / told), percent(atLeast(right, told))];
    return `| ${from.toFixed(2)} – ${to} | ${told + allowed} | ${right} | ${wrong} | ${allowed} | ${share} | ${least} |`;
  });
  return [
    `### ${title}`,
    "",
    "| confidence | all | right | wrong | allowed | right of what can be told | at least (95 %) |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows,
    "",
  ].join("\n");
}

const findings = tally();
const roots = tally();
/** Rule → [right, wrong, allowed], and the sum of its confidences. */
const byRule = new Map();
let cases = 0;
for (const manifest of args) {
  if (!fs.existsSync(manifest)) {
    console.log(`${manifest}: not there, skipped`);
    continue;
  }
  const { base, cases: labelled } = casesOf(manifest);
  for (const one of labelled) {
    const told = await report(one, base);
    const [expected, allowed] = [alternatives(one.expect), alternatives(one.allow)];
    cases++;
    for (const { rule, severity, confidence } of told.findings) {
      if (!SEVERE.has(severity)) continue;
      const verdict = expected.has(rule) ? "right" : allowed.has(rule) ? "allowed" : "wrong";
      findings.get(bucketOf(confidence))[verdict]++;
      const known = byRule.get(rule) ?? { right: 0, wrong: 0, allowed: 0, sum: 0 };
      known[verdict]++;
      known.sum += confidence;
      byRule.set(rule, known);
    }
    const [story] = told.story;
    const first = told.findings.find(({ id }) => id === story?.root);
    if (first && one.root)
      roots.get(bucketOf(story.confidence))[alternatives([one.root]).has(first.rule) ? "right" : "wrong"]++;
  }
}
if (cases > 0) {
  console.log(`${cases} cases\n\n${table("Findings of at least medium severity", findings)}`);
  console.log(table("First root cause, by the confidence of its story", roots));
  console.log(
    "### By rule\n\n| rule | right | wrong | allowed | mean confidence |\n|---|---:|---:|---:|---:|",
  );
  for (const [rule, { right, wrong, allowed, sum }] of [...byRule].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(
      `| ${rule} | ${right} | ${wrong} | ${allowed} | ${(sum / (right + wrong + allowed)).toFixed(2)} |`,
    );
}
