import { type Command, InvalidArgumentError } from "commander";
import type { EvidenceFlags } from "./inputs.js";

/** Flags of `hindcast explore`. */
export interface ExploreFlags extends EvidenceFlags {
  rules?: string[];
  jobs?: number;
  mouse: boolean;
  ascii?: boolean;
}

const list = (value: string, before: string[] = []) => [...before, value];
const jobs = (value: string) => {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("a number from 1 to 99 is needed.");
  return Number(value);
};

const NOTE = `
? in it shows all keys; docs/EXPLORE.md explains the views. Where there is no terminal, or one that cannot move its cursor:
  hindcast PATH… | less             the story as text
  hindcast PATH… -f html -o report.html`;

/** The arguments and options of `hindcast explore`, beside those that say how evidence is read. */
export function exploreOptions(command: Command): Command {
  return command
    .argument("<path...>", "files, folders or patterns; folders are read whole")
    .description("look at story, timeline and evidence in the terminal, with keys and mouse")
    .option("--rules <dir>", "add the rules of a folder (repeatable)", list)
    .option("--jobs <n>", "threads that read (default: one for each core, 8 at most)", jobs)
    .option("--no-mouse", "leave the mouse to the terminal")
    .option("--ascii", "draw with ASCII alone (default where the locale is not UTF-8)")
    .option("--no-color", "no colours (also NO_COLOR)")
    .option("-q, --quiet", "no progress line")
    .addHelpText("after", NOTE);
}
