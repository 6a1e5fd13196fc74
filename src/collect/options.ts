/** What may be suspected: it decides which evidence is worth collecting. */
export const PROBLEMS = ["dns", "nat", "registry"] as const;
export type Problem = (typeof PROBLEMS)[number];

/** What a script is to collect, how long and how much. */
export interface CollectOptions {
  /** At least one. */
  problems: readonly Problem[];
  /** Seconds to watch: captures, connection tracking, traces. */
  duration: number;
  /** Seconds before the start from which logs are read. */
  before: number;
  /** Interfaces to capture on; `any` is all of them in one capture. */
  interfaces: readonly string[];
  /** Bytes, before packing. */
  maxSize: number;
  /** Containers whose logs, name servers and details are wanted; none: details of all, and the logs of registries. */
  containers: readonly string[];
  /** Keep the environment of containers, where passwords are. */
  withEnv: boolean;
  /** Processes whose system calls are followed, by number or name. */
  strace: readonly string[];
  /** Where the script puts the archive: a file or a folder; empty: the folder that it is run in. */
  archive: string;
}

/** Interface names of Linux (net/core/dev.c, dev_valid_name) without what a shell or a list could take for something else. */
const INTERFACE = /^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,14}$/;
/** Container names of docker (daemon/names), process names, process numbers. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;

/** What is wrong with the names that were given, as a sentence; `undefined`: nothing. */
export function wrongName({
  interfaces,
  containers,
  strace,
}: Pick<CollectOptions, "interfaces" | "containers" | "strace">): string | undefined {
  const strange = interfaces.find((name) => !INTERFACE.test(name));
  if (strange !== undefined) return `${strange} cannot be the name of an interface`;
  if (interfaces.includes("any") && interfaces.length > 1)
    return "any stands for all interfaces: name it alone, or the others without it";
  const unfit = [...containers, ...strace].find((name) => !NAME.test(name));
  return unfit === undefined ? undefined : `${unfit} cannot be the name of a container or process`;
}
