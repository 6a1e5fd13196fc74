import type { Problem } from "./options.js";

/** Where a command would change the host by asking, or has nothing to tell: it is run only when this holds. */
export type Guard =
  /** These kernel modules are loaded (blank between them): a command that asks for one loads it. */
  | { loaded: string }
  | { unloaded: string }
  /** A process of this name runs: its client, or a bus, could start it. */
  | { running: string }
  | { there: string }
  /** A docker daemon runs and answers. */
  | "docker"
  /** A cluster is set up for this user. */
  | "kubectl";

/** One thing that a script collects. */
export interface Step {
  for: readonly Problem[];
  /** Where it lies in the archive; empty where a function of the script names its files itself. */
  file?: string;
  /** The command, in the words of a shell; or a function of the script's parts, with its arguments. */
  run: string;
  only?: Guard;
  /** The same in the words of busybox, where the command fails. */
  or?: string;
  /** What it prints on standard error is kept with the rest. */
  both?: true;
  /** A sed script that takes out what nobody else should read. */
  through?: string;
}

export const ALL: readonly Problem[] = ["dns", "nat", "registry"];
