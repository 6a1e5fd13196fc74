/** The corpora that the benchmark measures and the guard of `test/bench` counts. */
export { journal } from "./journal.mjs";
export { mixed } from "./mixed.mjs";
export { pcap } from "./pcap.mjs";
export { strace } from "./strace.mjs";
