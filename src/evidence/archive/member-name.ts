/** What stands between an archive's path and that of a member in it. */
export const WITHIN = "!/";

/**
 * How a member is shown behind its archive's path: as it is named there, without what leads to the root or says nothing. Nothing is
 * written under this name.
 *
 * @returns the name, and whether it led out of the archive
 */
export function memberName(written: string): { name: string; leadsOut: boolean } {
  const parts = written.split("/").filter((part) => part !== "" && part !== ".");
  return {
    name: parts.join("/") || "unnamed",
    leadsOut: written.startsWith("/") || /^[A-Za-z]:\//.test(written) || parts.includes(".."),
  };
}

/** Makes names differ that are the same: a tar may hold a file twice. */
export class Names {
  private readonly counts = new Map<string, number>();

  distinct(name: string): string {
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return count === 1 ? name : this.distinct(`${name} (${count})`);
  }
}
