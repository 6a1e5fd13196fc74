/** Words of messages that daemons might write, for shapes and texts made up for a benchmark. */
export const VERBS = [
  "reloading",
  "starting",
  "stopping",
  "probing",
  "draining",
  "attaching",
  "removing",
  "renaming",
];

export const THINGS = [
  "sandbox",
  "endpoint",
  "volume",
  "layer",
  "bridge",
  "listener",
  "snapshot",
  "lease",
  "resolver",
  "plugin",
];
