import { PARTS, type PartName } from "./generated.js";
import type { CollectOptions, Problem } from "./options.js";
import type { Step } from "./step.js";
import { DOCKER, DOCKER_LOGS } from "./steps/docker.js";
import { HOST, HOST_END } from "./steps/host.js";
import { KUBERNETES } from "./steps/kubernetes.js";
import { LOGS } from "./steps/logs.js";
import { COUNTERS_END, FILTER, NETWORK, SOCKETS } from "./steps/network.js";
import { RESOLVER, RESOLVER_LOGS } from "./steps/resolver.js";
import { capturesFor, WATCHES } from "./steps/watch.js";

/** What is read before anything is watched, and after it: logs, so that they tell of that time too. */
const BEFORE = [HOST, NETWORK, FILTER, SOCKETS, RESOLVER, DOCKER, KUBERNETES].flat();
const AFTER = [COUNTERS_END, LOGS, RESOLVER_LOGS, DOCKER_LOGS, HOST_END].flat();

/** A text as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A step as lines of the script: its guard, how its output is kept, its file, its command; then what is run where that fails. */
function linesOf({ file, run, or, only, both, through }: Step): string[] {
  if (file === undefined) return [run];
  const verb = both ? "collect_both" : through === undefined ? "collect" : "collect_through";
  const command = [verb, file, ...(through === undefined ? [] : [quoted(through)]), run].join(" ");
  return [
    only === undefined ? command : `${guard(only)} ${command}`,
    ...(or === undefined ? [] : [`instead ${verb} ${file} ${or}`]),
  ];
}

function guard(only: NonNullable<Step["only"]>): string {
  if (typeof only === "string") return `${only}_answers`;
  const [[verb, what]] = Object.entries(only) as [[string, string]];
  return `${verb} ${quoted(what)}`;
}

/** The steps that serve one of the problems, as lines of the script. */
const linesFor = (steps: readonly Step[], problems: readonly Problem[]): string[] =>
  steps.filter((step) => step.for.some((problem) => problems.includes(problem))).flatMap(linesOf);

/** What a script must hold besides what every one does, by a word that its lines then contain. */
const PARTS_BY_WORD: readonly [RegExp, PartName][] = [
  [/^sysctls /, "settings"],
  [/^packet_filter /, "filter"],
  [/^offloads$/, "interfaces"],
  [/^kubectl_answers /, "kubernetes"],
  [/^trace_processes$/, "strace"],
];

function partsOf(lines: readonly string[]): PartName[] {
  const further = PARTS_BY_WORD.filter(([word]) => lines.some((text) => word.test(text)));
  return [
    "start",
    "collect",
    "watch",
    "captures",
    "logs",
    "docker",
    ...further.map(([, name]) => name),
    "finish",
  ];
}

/** What was asked for, as variables that a reader may change. */
function settings(options: CollectOptions): string[] {
  const { duration, before, interfaces, maxSize, containers, withEnv, strace, archive } = options;
  return [
    `DURATION=${duration}`,
    `BEFORE=${before}`,
    `MAX_BYTES=${maxSize}`,
    `INTERFACES=${quoted(interfaces.join(" "))}`,
    `CONTAINERS=${quoted(containers.join(" "))}`,
    `WITH_ENV=${withEnv ? "yes" : "no"}`,
    ...(strace.length > 0 ? [`STRACE=${quoted(strace.join(" "))}`] : []),
    `ARCHIVE=${quoted(archive)}`,
  ];
}

/**
 * A POSIX shell script that collects what hindcast reads best for some problems. It reads and never changes the host; docs/COLLECT.md says
 * what of it rests on which fact. The same options give the same script.
 *
 * @param options whose names were found right by wrongName
 * @param version of this program
 * @returns the text of the script
 */
export function collectScript(options: CollectOptions, version: string): string {
  const { problems, strace } = options;
  const before = linesFor(BEFORE, problems);
  const captures = capturesFor(problems);
  const watches = [
    `prepare_captures ${captures.length}`,
    ...captures.map(({ name, snaplen, filter }) => `capture ${name} ${snaplen} ${quoted(filter)}`),
    ...linesFor(WATCHES, problems),
    ...(strace.length > 0 ? ["trace_processes"] : []),
  ];
  const after = linesFor(AFTER, problems);
  const all = [...before, ...watches, ...after];
  const indented = (lines: readonly string[]) => lines.map((text) => `  ${text}`);
  return [
    "#!/bin/sh",
    `# Collects evidence for hindcast ${version}, for a suspected problem with: ${problems.join(", ")}.`,
    "# It only reads, and packs what it read into one archive. Usage: sh SCRIPT [ARCHIVE]",
    "",
    "# Seconds to watch, seconds of logs before that, bytes to collect at most; the rest as its name says.",
    ...settings(options),
    "",
    ...partsOf(all).map((name) => PARTS[name]),
    "# All at the end, so that a script that was cut short does nothing.",
    "main() {",
    '  prepare "$@"',
    `  manifest "settings $(now) hindcast collect ${version}: ${problems.join(" ")}, watching $DURATION s, logs of $BEFORE s, at most $MAX_BYTES bytes"`,
    "  SINCE=$(($(date +%s) - BEFORE))",
    "  prepare_logs",
    ...indented(before),
    "",
    ...indented(watches),
    "  wait_and_watch",
    "  stop_watching",
    "",
    ...indented(after),
    "  pack",
    "}",
    "",
    'main "$@"',
    "",
  ].join("\n");
}
