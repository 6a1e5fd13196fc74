import { inferClocks } from "../../clock/infer.js";
import { PackingError } from "../../evidence/packing-error.js";
import type { Grammar } from "../../grammar/types.js";
import type { Event } from "../../model/event.js";
import type { Knowledge } from "../../redact/masker.js";
import { NameBook } from "../../redact/names/book.js";
import { findSecrets } from "../../redact/secrets/find.js";
import { findKeyParts } from "../../redact/secrets/key-blocks.js";
import { findInManifests } from "../../redact/secrets/manifests.js";
import { SeenSecrets } from "../../redact/secrets/seen.js";
import { contextOf } from "../context.js";
import { type Found, findFiles } from "../found.js";
import { observations } from "../hosts.js";
import { readSource } from "../read.js";
import { type Surveyed, survey, toolboxOf } from "../survey.js";
import { textBlocks } from "./blocks.js";

export interface GatherOptions {
  grammars: readonly Grammar[];
  /** A folder for temporary files; default: the system's. */
  tmp?: string | undefined;
}

/**
 * Reads evidence for what is to be masked in what is told of it: names from the fields of all records, accounts and hosts from its
 * words, and secrets where something says what they are. It takes about as long as an analysis does.
 */
export async function gather(paths: readonly string[], options: GatherOptions): Promise<Knowledge> {
  const found = await findFiles(paths, options.tmp);
  try {
    return (await gatherFrom(found, options)).knowledge;
  } finally {
    found.close();
  }
}

/** The same of files that were found already, with what each of them is. */
export async function gatherFrom(
  { files, links }: Found,
  { grammars, tmp }: GatherOptions,
): Promise<{ knowledge: Knowledge; surveyed: Surveyed[] }> {
  const toolbox = toolboxOf(grammars);
  const surveyed: Surveyed[] = [];
  for (const [id, file] of files.entries()) surveyed.push(await survey(file, id, toolbox));
  const clocks = inferClocks(observations(surveyed, links), {});
  const context = contextOf({ toolbox, wanted: undefined, prefilter: false }, { spill: { dir: tmp } });
  const book = new NameBook();
  const seen = new SeenSecrets();
  for (const member of surveyed) {
    const { kind, source } = member;
    // Who analyses or copies it meets the same troubles, and tells of them.
    const problems = source.problems.length;
    for await (const batch of readSource(member, { clock: clocks.get(source.id)!, context }))
      for (const event of batch) note(event, kind === "journal", book, seen);
    if (kind === "text" || kind === "nothing") await readWords(member, book, seen);
    source.problems.length = problems;
    if (member.told?.name !== undefined) book.addValue("host", member.told.name);
  }
  return { knowledge: { book, seen }, surveyed };
}

function note({ fields }: Event, withWords: boolean, book: NameBook, seen: SeenSecrets): void {
  book.addFields(fields);
  if (!withWords) return;
  const message = fields["message"];
  if (typeof message === "string") readText(message, book, seen);
}

async function readWords(member: Surveyed, book: NameBook, seen: SeenSecrets): Promise<void> {
  try {
    for await (const block of textBlocks(member)) readText(block, book, seen);
  } catch (error) {
    // What breaks off or cannot be read is told by who analyses it.
    if (!(error instanceof PackingError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function readText(text: string, book: NameBook, seen: SeenSecrets): void {
  book.addText(text);
  const note = (start: number, end: number) => seen.add(text.slice(start, end));
  findSecrets(text, ({ start, end }) => note(start, end));
  findInManifests(text, ({ start, end }) => note(start, end));
  findKeyParts(text, note);
}
