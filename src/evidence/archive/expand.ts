import type { Problem } from "../../model/source.js";
import { PackingError } from "../packing-error.js";
import { type FoundFile, type FoundLink, reasonOf } from "../walk.js";
import type { Entry } from "./entry.js";
import { Budget, LIMITS, LimitError, type Limits } from "./limits.js";
import { memberName, Names, WITHIN } from "./member-name.js";
import { entriesOf, type Opening, openingOf } from "./open-archive.js";
import { SpillFolder } from "./spill-folder.js";

export interface ExpandOptions {
  /** Where the folder for members is made; default: the system's. */
  dir?: string | undefined;
  limits?: Limits;
}

/** Files to read, those in archives among them, which are there until they are closed. */
export interface Expanded {
  files: FoundFile[];
  /** The links in archives. */
  links: FoundLink[];
  close(): void;
}

/**
 * Opens the archives among the files, and those inside of them: each member becomes a file of its own behind its archive, under
 * `ARCHIVE!/PATH`, in the order of their paths. Its bytes lie in a temporary folder.
 */
export async function expand(
  found: readonly FoundFile[],
  { dir, limits = LIMITS }: ExpandOptions = {},
): Promise<Expanded> {
  const folder = new SpillFolder(dir);
  const files: FoundFile[] = [];
  const links: FoundLink[] = [];
  try {
    for (const file of found)
      files.push(...(await expandFile(file, 0, new Budget(limits, file.bytes), { folder, links })));
  } catch (error) {
    folder.close();
    throw error;
  }
  return { files, links, close: () => folder.close() };
}

/** Where what is in archives goes. */
interface Out {
  folder: SpillFolder;
  links: FoundLink[];
}

/** A file, and if it is an archive all that is in it. */
async function expandFile(file: FoundFile, depth: number, budget: Budget, out: Out): Promise<FoundFile[]> {
  let opening: Opening | undefined;
  try {
    opening = await openingOf(file.absolute);
  } catch {
    // Who reads the file meets the same, and reports it.
  }
  if (!opening) return [file];
  const visit = new Visit(file, depth, budget, out);
  const members = await visit.read(opening);
  const kind = opening.kind === "again" ? opening.packing : opening.kind;
  const problems = [...(file.problems ?? []), ...visit.problems];
  const all: FoundFile[] = [{ ...file, archive: kind, problems }];
  for (const member of members) all.push(...(await expandFile(member, depth + 1, budget, out)));
  return all;
}

/** One archive, while it is read. */
class Visit {
  readonly problems: Problem[] = [];
  private entries = 0;
  private readonly members: FoundFile[] = [];
  private readonly names = new Names();
  private readonly links: string[] = [];
  private readonly specials: string[] = [];
  private readonly strays: string[] = [];

  constructor(
    private readonly file: FoundFile,
    private readonly depth: number,
    private readonly budget: Budget,
    private readonly out: Out,
  ) {}

  /** Its files, in the order of their names. */
  async read(opening: Opening): Promise<FoundFile[]> {
    const complain = (message: string) => this.complain(message, "error");
    try {
      this.budget.checkDepth(this.depth);
      for await (const entry of entriesOf(this.file, opening, complain)) await this.take(entry);
    } catch (error) {
      complain(`the archive could not be read to its end: ${reasonFor(error)}; what came before was read`);
    }
    this.sumUp();
    return this.members.sort((a, b) => (a.shown < b.shown ? -1 : 1));
  }

  /** Writes an entry to the folder, if it is a file. */
  private async take(entry: Entry): Promise<void> {
    this.budget.takeEntry();
    if (entry.kind === "folder") return;
    this.entries++;
    const { name, leadsOut } = memberName(entry.name);
    if (leadsOut) this.strays.push(entry.name);
    if (entry.kind !== "file") {
      (entry.kind === "link" ? this.links : this.specials).push(name);
      const { target } = entry;
      if (target !== undefined) this.out.links.push({ shown: `${this.file.shown}${WITHIN}${name}`, target });
      return;
    }
    const shown = `${this.file.shown}${WITHIN}${this.names.distinct(name)}`;
    if (entry.unreadable === undefined) await this.copy(entry, shown);
    else this.problems.push({ path: shown, message: entry.unreadable, severity: "error" });
  }

  /** @throws LimitError; what is no fault of the entry's bytes */
  private async copy(entry: Entry, shown: string): Promise<void> {
    const spilled = this.out.folder.create();
    const problems: Problem[] = [];
    try {
      for await (const chunk of entry.chunks()) {
        this.budget.takeBytes(chunk.length);
        spilled.write(chunk);
      }
    } catch (error) {
      problems.push({
        path: shown,
        message: `its end is missing (${reasonFor(error)}); what came out of the archive before was read`,
        severity: "error",
      });
      if (!(error instanceof PackingError)) throw error;
    } finally {
      spilled.close();
      const { absolute, bytes } = spilled;
      this.members.push({ absolute, shown, bytes, isOurs: true, ...(problems.length > 0 && { problems }) });
    }
  }

  /** Tells what was passed over, and how much of it: bundles may hold thousands of links. */
  private sumUp(): void {
    const { links, specials, strays } = this;
    const tell = (names: readonly string[], what: string) => {
      if (names.length > 0)
        this.complain(`${names.length} of its entries ${what}; the first is ${names[0]}`, "warning");
    };
    tell(links, "are links, which are not followed");
    tell(specials, "are devices, pipes or other things without contents");
    tell(strays, "have paths that lead out of the archive: they were read, and written nowhere");
    if (this.entries === 0 && this.problems.length === 0) this.complain("the archive is empty", "warning");
  }

  private complain(message: string, severity: Problem["severity"]): void {
    this.problems.push({ path: this.file.shown, message, severity });
  }
}

const reasonFor = (error: unknown): string =>
  error instanceof PackingError || error instanceof LimitError ? error.message : reasonOf(error);
