/** A source as a report shows it. */
export interface ShownSource {
  source: number;
  path: string;
  /** Id of its clock. */
  clock: string;
}

/** A person named a source that is none of those that are read, or did not say which. The message is for that person. */
export class NoSuchSource extends Error {}

/** More names than these are not listed. */
const MOST_LISTED = 12;

/**
 * The sources that a person means: those of a clock's id; a path as shown, its end, or with what stands before it on the command line; or
 * a pattern, in which `*` stands for anything within a name, `**` for anything, and `?` for one character. A pattern without `/`
 * is held against the last part of each path.
 *
 * @param asked how it was asked for, such as `--reference`: the error begins with it
 * @returns ids, at least one. Throws {@link NoSuchSource} where there is none, or a path can mean several
 */
export function sourcesNamed(name: string, all: readonly ShownSource[], asked: string): number[] {
  const ids = (found: readonly ShownSource[]) => found.map(({ source }) => source);
  const exact = all.filter(({ path }) => path === name);
  if (exact.length > 0) return ids(exact);
  const onClock = all.filter(({ clock }) => clock === name);
  if (onClock.length > 0) return ids(onClock);
  if (/[*?]/.test(name)) {
    const pattern = patternOf(name);
    const matching = all.filter(({ path }) => pattern.test(path));
    if (matching.length > 0) return ids(matching);
  } else {
    const ending = all.filter(({ path }) => path.endsWith(`/${name}`));
    if (ending.length > 1)
      throw new NoSuchSource(
        `${asked} ${name}: there are ${ending.length} of this name (${listed(ending.map(({ path }) => path))}); write more of the path, or a pattern (**/${name}) if all of them are meant`,
      );
    if (ending.length === 1) return ids(ending);
    const longest = beginningElsewhere(name, all);
    if (longest) return [longest.source];
  }
  const clocks = [...new Set(all.map(({ clock }) => clock))];
  throw new NoSuchSource(
    `${asked} ${name}: no source is called so; there are ${listed(all.map(({ path }) => path))}, on ${listed(clocks)}`,
  );
}

/** The source that a path leads to from further away than it is shown; the one of the longest name, where there are several. */
function beginningElsewhere(name: string, all: readonly ShownSource[]): ShownSource | undefined {
  let longest: ShownSource | undefined;
  for (const shown of all)
    if (name.endsWith(`/${shown.path}`) && shown.path.length > (longest?.path.length ?? 0)) longest = shown;
  return longest;
}

function patternOf(glob: string): RegExp {
  const body = glob.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (found) => {
    if (found === "**/") return "(?:.*/)?";
    if (found === "**") return ".*";
    if (found === "*") return "[^/]*";
    return found === "?" ? "[^/]" : `\\${found}`;
  });
  return new RegExp(`^${glob.includes("/") ? "" : "(?:.*/)?"}${body}$`, "s");
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - MOST_LISTED;
  return names.slice(0, MOST_LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
