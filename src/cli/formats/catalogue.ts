import { descriptions } from "../../api/formats.js";
import { print } from "../output.js";
import { grammarsFor } from "../own-grammars.js";

interface Entry {
  name: string;
  title: string;
  area: string;
}

/** What the areas are, in their order in lists; those of a user's own come first. */
const AREAS: Record<string, string> = {
  log: "Logs: journals, syslog, loggers",
  docker: "Containers",
  kubernetes: "Kubernetes",
  resolver: "Name resolution",
  web: "Web servers, proxies and clients",
  packets: "Packets",
  strace: "System calls",
  kernel: "The kernel",
  host: "The host's state and its changes",
};

/** Every format, by area: the user's own first, then in the order of `AREAS`, each sorted by name. */
export function catalogueOf(
  grammars: readonly { name: string; title: string; file: string }[],
): Map<string, Entry[]> {
  const entries: Entry[] = [
    ...grammars.map(({ name, title, file }) => ({ name, title, area: file.split(/[\\/]/).at(-2) ?? "" })),
    ...descriptions,
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const areas = new Map<string, Entry[]>();
  const found = [...new Set(entries.map(({ area }) => area))];
  for (const area of [...found.filter((each) => !(each in AREAS)).sort(), ...Object.keys(AREAS)]) {
    const members = entries.filter((entry) => entry.area === area);
    if (members.length > 0) areas.set(area, members);
  }
  return areas;
}

/** The heading of an area. */
export const areaTitle = (area: string): string => AREAS[area] ?? `From the folder ${area}`;

/** `hindcast formats`: every format, by area. */
export async function list(flags: { grammars?: string[] }): Promise<void> {
  const areas = catalogueOf(await grammarsFor(flags.grammars));
  const width = Math.max(...[...areas.values()].flat().map(({ name }) => name.length));
  let text = "";
  for (const [area, members] of areas) {
    text += `${areaTitle(area)}\n`;
    for (const { name, title } of members) text += `  ${name.padEnd(width)}  ${title}\n`;
    text += "\n";
  }
  await print(
    `${text}hindcast formats NAME tells all about one of them; hindcast formats explain FILE[:LINE] shows who reads a record, and how;\nhindcast formats new NAME --from FILE drafts one of your own. docs/GRAMMARS.md teaches writing them.\n`,
  );
}
