import fs from "node:fs";
import path from "node:path";
import { journal } from "./journal.mjs";
import { accessLog, containerLog, snapshots } from "./others.mjs";
import { pcap } from "./pcap.mjs";
import { strace } from "./strace.mjs";
import { START } from "./write.mjs";

const SET_BYTES = 100e6;
/** So much later does the next set begin, µs: a set's longest file takes less. */
const SET_SPAN = 2500e6;

/**
 * A folder as rotated logs and captures fill it: sets of 100 MB, one after the other in time. What is less is one smaller set.
 * @returns the folder
 */
export function mixed(dir, bytes) {
  if (fs.existsSync(dir)) return dir;
  const part = `${dir}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  snapshots(part);
  for (let set = 0; set * SET_BYTES < bytes; set++) {
    const size = Math.min(SET_BYTES, bytes - set * SET_BYTES);
    // Other packets and calls in each: those of one happening in two sets would say that clocks are wrong.
    const at = { from: START + set * SET_SPAN, seed: 1000 * set };
    const file = (name) => path.join(part, `${String(set).padStart(3, "0")}-${name}`);
    journal(file("daemon.log"), size * 0.45, at);
    containerLog(file("web-json.log"), size * 0.1, at);
    accessLog(file("access.log"), size * 0.05, at);
    strace(file("daemon.strace"), size * 0.2, { ...at, epoch: true });
    pcap(file("br0.pcap"), size * 0.2, at);
  }
  fs.renameSync(part, dir);
  return dir;
}
