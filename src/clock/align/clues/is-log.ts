import type { LookedAt } from "../clue.js";

/** Packets, what was made of them, and traces of system calls. */
const NO_LOG = /^(?:pcap|tcpdump|tshark|zeek|strace|ltrace|perf-trace|sysdig)/;

/** May a source be what programs wrote of themselves? */
export const isLog = ({ format }: LookedAt): boolean => !NO_LOG.test(format);

/** Traces of system calls. */
const TRACE = /^(?:strace|perf-trace|ltrace)/;

/** Is it a trace of a process? */
export const isTrace = ({ format }: LookedAt): boolean => TRACE.test(format);
