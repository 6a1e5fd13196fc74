import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PlaceLink } from "../api/terminal.js";

type Env = Readonly<Record<string, string | undefined>>;

/** How a terminal follows hyperlinks: to a file, or to a line of it. */
export type LinkStyle = "file" | "line";

const atLeast = (version: string | undefined, least: number) => Number.parseFloat(version ?? "") >= least;

/**
 * Whether a terminal has hyperlinks (OSC 8, https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda), by what it says of itself:
 * there is no way to ask. `FORCE_HYPERLINK` decides where it is set: `0` is no. A line goes into the fragment where the terminal's own
 * documentation says so (kitty, "Hyperlinked grep"); others would look for a file of that name.
 *
 * @param env the environment of a program whose output is a terminal
 */
export function linkStyle(env: Env): LinkStyle | undefined {
  const style = env["TERM"] === "xterm-kitty" || env["KITTY_WINDOW_ID"] ? "line" : "file";
  const forced = env["FORCE_HYPERLINK"];
  if (forced) return forced === "0" ? undefined : style;
  if (env["CI"] || env["TERM"] === "dumb") return undefined;
  return style === "line" || KNOWN.some((has) => has(env)) ? style : undefined;
}

const KNOWN: readonly ((env: Env) => boolean)[] = [
  // VTE 0.50.0 crashed on links.
  ({ VTE_VERSION: vte }) => atLeast(vte, 5001),
  ({ TERM_PROGRAM: name, TERM_PROGRAM_VERSION: version }) => name === "iTerm.app" && atLeast(version, 3.1),
  ({ TERM_PROGRAM: name, TERM_PROGRAM_VERSION: version }) => name === "WezTerm" && atLeast(version, 20200620),
  ({ TERM_PROGRAM: name, TERM_PROGRAM_VERSION: version }) => name === "vscode" && isNewCode(version),
  ({ TERM_PROGRAM: name }) => name === "ghostty",
  ({ WT_SESSION: session }) => session !== undefined,
  ({ TERM: term }) => term === "alacritty" || term === "foot" || term === "xterm-ghostty",
];

/** VS Code 1.72 and later; as a number 1.100 would be less. */
function isNewCode(version = ""): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 72);
}

/** RFC 8089 with the host, without which terminals refuse: the reader may sit at another machine. Bytes that are not plain are encoded. */
function uriOf(file: string, host: string): string {
  const encoded = Buffer.from(file)
    .toString("latin1")
    .replace(
      /[^A-Za-z0-9._~/-]/g,
      (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
    );
  return `file://${/^[A-Za-z0-9.-]{1,255}$/.test(host) ? host : ""}${encoded}`;
}

/** Sources whose lines are not those of a file: captures and what is packed. */
const NO_LINES = /\.(?:pcap(?:ng)?|cap|journal|gz|zst|xz|bz2)$/i;

/**
 * Where the places of a report can be opened. Only plain files lead somewhere, and only those that the user named or that lie in a folder
 * so named: neither members of archives, nor what links point to, nor names of which several files could be meant.
 *
 * @param paths as the user gave them
 */
export function linksTo(paths: readonly string[], style: LinkStyle, host = os.hostname()): PlaceLink {
  const known = new Map<string, string | undefined>();
  return (source, line) => {
    if (!known.has(source)) known.set(source, fileOf(paths, source));
    const file = known.get(source);
    if (file === undefined) return undefined;
    const uri = uriOf(file, host);
    return line === undefined || style === "file" || NO_LINES.test(file) ? uri : `${uri}#${line}`;
  };
}

/** The file that a source's name stands for: relative to the folder that was given, or to its parent where several paths were. */
function fileOf(paths: readonly string[], source: string): string | undefined {
  const places = paths.flatMap((given) => {
    const absolute = path.resolve(given);
    const base = paths.length === 1 ? absolute : path.dirname(absolute);
    const below = path.join(base, source);
    const named = paths.length === 1 ? path.basename(absolute) === source : path.resolve(source) === absolute;
    return [...(below.startsWith(absolute + path.sep) ? [below] : []), ...(named ? [absolute] : [])];
  });
  const files = [...new Set(places)].filter(isPlainFile);
  return files.length === 1 ? files[0] : undefined;
}

function isPlainFile(file: string): boolean {
  try {
    return fs.lstatSync(file).isFile();
  } catch {
    return false;
  }
}
