import module from "node:module";
import v8 from "node:v8";

/** Bytes of bytecode that a function runs through before V8 optimises it. V8's own 66 KB (Node 20) are meant for pages, not for a second's work. */
const BUDGET = 500_000;

/**
 * Spends less on compiling this program, and on collecting its garbage, than Node would by itself. To be called before anything else is loaded, and
 * only by a program of its own: these are settings of the process. Of Node's own modules only those that were loaded before come from compiled code.
 *
 * - Node 20's optimising compiler began with a hundred functions that a megabyte of evidence runs for some milliseconds: it cost a
 *   fifth of the time. From 22 on a second compiler stands between, and the flag has another name.
 * - Regular expressions were compiled twice, to bytecode for their first run and to machine code for the second. Few run but once: 3 % of
 *   the time of a megabyte. (The flag that switches the bytecode off is for a process that begins with it: V8 crashes on an expression that has
 *   bytecode, as some of Node's own have by now, when it then matches one in its slow way.)
 * - Its collector shares out the young generation, of which little is alive here, among threads. Where all cores are busy the program waits
 *   for these: 3 % of the time of traces and of logs of which much is decoded.
 * - Node 22 and later keep compiled code in the system's temporary folder (`NODE_COMPILE_CACHE` names another one,
 *   `NODE_DISABLE_COMPILE_CACHE=1` keeps none).
 */
export function spareCompiler(): void {
  if (Number.parseInt(process.versions.node, 10) < 22) {
    v8.setFlagsFromString(`--interrupt-budget=${BUDGET}`);
    v8.setFlagsFromString("--regexp-tier-up-ticks=0");
    v8.setFlagsFromString("--no-parallel-scavenge");
  } else (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
}
