import fs from "node:fs";
import path from "node:path";
import type { Problem } from "../model/source.js";

/** A file to read. */
export interface FoundFile {
  /** How to open it. */
  absolute: string;
  /** How it is shown: relative to the argument it was found under, `/` separated. */
  shown: string;
  bytes: number;
  /** It is an archive, whose members are files of their own: `tar`, `zip`, `mail`, or how it is packed, where that is packed once more. */
  archive?: string;
  /** It came out of an archive: a temporary file that nobody else writes to. */
  isOurs?: boolean;
  /** What is to be told of it, beside what reading it brings up. */
  problems?: readonly Problem[];
}

/** A link in an archive, or one to a file that is not here. Where it leads may tell something. */
export interface FoundLink {
  shown: string;
  target: string;
}

export interface Walked {
  files: FoundFile[];
  /** Links that lead to nothing. */
  links: FoundLink[];
  problems: Problem[];
}

const REASON: Record<string, string> = {
  ENOENT: "there is no such file or folder; check the path",
  EACCES: "permission denied; run as a user who may read it",
  EPERM: "permission denied; run as a user who may read it",
  ELOOP: "symbolic links go round in a circle; skipped",
  ENAMETOOLONG: "the name is too long; skipped",
};

/** A sentence for a failed system call: the reason and the next step, without a stack. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException)?.code ?? "";
  return REASON[code] ?? `could not be read (${code || String(error)})`;
}

function kindOf(stat: fs.Stats): string {
  if (stat.isFIFO()) return "a named pipe";
  if (stat.isSocket()) return "a socket";
  if (stat.isCharacterDevice() || stat.isBlockDevice()) return "a device";
  return "not a regular file";
}

/**
 * Finds the files below the given paths, sorted by name, every folder once (links that lead back are reported, not
 * followed again). Glob patterns are expanded where no file has that very name. Pipes, sockets and devices are
 * never opened: reading one could block for ever.
 *
 * @param paths files, folders or glob patterns as the user typed them
 */
export async function walk(paths: readonly string[]): Promise<Walked> {
  const files: FoundFile[] = [];
  const links: FoundLink[] = [];
  const problems: Problem[] = [];
  const seenFolders = new Set<string>();
  const seenFiles = new Set<string>();

  const complain = (shown: string, message: string, severity: Problem["severity"] = "error") => {
    problems.push({ path: shown, message, severity });
  };

  const visit = (absolute: string, shown: string): void => {
    try {
      const stat = fs.statSync(absolute);
      if (stat.isDirectory()) {
        const real = fs.realpathSync(absolute);
        if (seenFolders.has(real)) {
          complain(
            shown,
            "this folder was already read under another name (a loop of links, or given twice); skipped",
            "warning",
          );
          return;
        }
        seenFolders.add(real);
        for (const name of fs.readdirSync(absolute).sort())
          visit(path.join(absolute, name), shown ? `${shown}/${name}` : name);
      } else if (stat.isFile()) {
        const key = `${stat.dev}:${stat.ino}`;
        if (seenFiles.has(key)) {
          complain(
            shown,
            "this is the same file as one read before (a link, or given twice); skipped",
            "warning",
          );
          return;
        }
        seenFiles.add(key);
        fs.accessSync(absolute, fs.constants.R_OK);
        files.push({ absolute, shown, bytes: stat.size });
      } else {
        complain(
          shown,
          `this is ${kindOf(stat)}, which is never opened; copy its contents into a file if they matter`,
          "warning",
        );
      }
    } catch (error) {
      const target = targetOf(absolute);
      if (target === undefined || (error as NodeJS.ErrnoException).code !== "ENOENT")
        complain(shown, reasonOf(error));
      else {
        // Bundles are full of them: they lead to what was on the host.
        links.push({ shown, target });
        complain(shown, `a link to ${target}: there is no such file here`, "warning");
      }
    }
  };

  for (const given of paths) {
    if (!fs.existsSync(given) && /[*?[{]/.test(given)) {
      const { default: glob } = await import("fast-glob");
      const matches = (
        await glob(given.replaceAll("\\", "/"), { dot: true, onlyFiles: false, followSymbolicLinks: false })
      ).sort();
      if (matches.length === 0) complain(given, "no file matches this pattern");
      for (const match of matches) visit(path.resolve(match), match);
      continue;
    }
    const absolute = path.resolve(given);
    let isFolder = false;
    try {
      isFolder = fs.statSync(absolute).isDirectory();
    } catch {
      // visit() reports it
    }
    // With one folder, names are relative to it; with several paths the argument tells them apart.
    visit(
      absolute,
      isFolder
        ? paths.length > 1
          ? path.basename(absolute)
          : ""
        : paths.length > 1
          ? given.replaceAll("\\", "/")
          : path.basename(given),
    );
  }
  return { files, links, problems };
}

/** Where a link leads; `undefined` when it is none. */
function targetOf(absolute: string): string | undefined {
  try {
    return fs.readlinkSync(absolute);
  } catch {
    return undefined;
  }
}
