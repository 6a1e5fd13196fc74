import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled, race } from "./measure.mjs";
import { raceTable } from "./tables.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
export const MB = 1e6;

/** The corpora lie in a folder named for the code that makes them: a change of it never meets old files. */
function corpusFolder() {
  const hash = createHash("sha256");
  const makers = path.join(here, "corpora");
  for (const name of fs.readdirSync(makers).sort()) hash.update(fs.readFileSync(path.join(makers, name)));
  const name = `made-${hash.digest("hex").slice(0, 8)}`;
  const all = path.join(here, "corpus");
  fs.mkdirSync(path.join(all, name), { recursive: true });
  for (const other of fs.readdirSync(all)) {
    if (other.startsWith("made-") && other !== name) fs.rmSync(path.join(all, other), { recursive: true });
  }
  return path.join(all, name);
}

const times = (ratio, one, other) => `${ratio.toFixed(2)} × (CPU ${(one?.cpu / other?.cpu).toFixed(2)} ×)`;

/** One run of the benchmark: where things are, how large and how often, and what was found. */
export class Bench {
  verdicts = [];
  #corpus = corpusFolder();

  /** @param options `dist`: the build to measure; `quick`: a tenth of the sizes; `rounds` */
  constructor({ dist, quick, rounds }) {
    this.hindcast = path.resolve(dist, "hindcast.js");
    /** The source tree that the build lies in. */
    this.tree = path.dirname(path.dirname(this.hindcast));
    this.scale = quick ? 0.1 : 1;
    this.rounds = rounds;
  }

  /** Bytes of a corpus of `megabytes`, at the scale of this run. */
  bytes(megabytes) {
    return megabytes * MB * this.scale;
  }

  /** Where a corpus of so many bytes lies. */
  file(stem, bytes, ending = "") {
    return path.join(this.#corpus, `${stem}-${Number((bytes / MB).toFixed(1))}MB${ending}`);
  }

  /** A contender: the whole program, as a person would run it. */
  analyze(file, { name = "hindcast analyze", hindcast = this.hindcast, flags = [], under = [] } = {}) {
    const [command, ...args] = [
      ...under,
      process.execPath,
      hindcast,
      "analyze",
      file,
      "-f",
      "json",
      "-q",
      ...flags,
    ];
    return { name, command, args };
  }

  /** A contender, in a list of one or, where it is not installed, none. */
  peer(name, command, args, rounds) {
    return isInstalled(command) ? [{ name, command, args, rounds }] : [];
  }

  /** The same for a line of shell that runs `commands`. */
  shell(name, commands, line, rounds) {
    return commands.every(isInstalled) ? [{ name, command: "sh", args: ["-c", line], rounds }] : [];
  }

  /** Runs the contenders side by side and prints the table. */
  race(title, bytes, contenders, rounds = this.rounds) {
    const results = race(rounds, contenders);
    console.log(raceTable(title, bytes, rounds, results));
    return results;
  }

  /**
   * Notes whether one contender needs at least so many times the time of another. One that is missing, or failed, settles nothing.
   * The ratio of CPU seconds stands beside: on a busy machine it is the one to look at.
   */
  atLeast(job, wanted, one, other) {
    const ratio = one?.wall / other?.wall;
    this.#judge(job, `≥ ${wanted} ×`, times(ratio, one, other), ratio, ratio >= wanted);
  }

  /** The same the other way round. */
  atMost(job, wanted, one, other) {
    const ratio = one?.wall / other?.wall;
    this.#judge(job, `≤ ${wanted} ×`, times(ratio, one, other), ratio, ratio <= wanted);
  }

  /** The same for a measure: `unit` is printed behind it. */
  within(job, wanted, got, unit, digits = 0) {
    this.#judge(job, `≤ ${wanted} ${unit}`, `${got.toFixed(digits)} ${unit}`, got, got <= wanted);
  }

  /** Notes that a section could not be measured. */
  failed(section, error) {
    console.error(`${section}: ${error.message}`);
    this.verdicts.push({ job: section, wanted: "", got: "not measured", holds: false });
  }

  #judge(job, wanted, got, value, holds) {
    if (Number.isNaN(value)) this.verdicts.push({ job, wanted, got: "not measured", holds: false });
    else this.verdicts.push({ job, wanted, got, holds });
  }
}
