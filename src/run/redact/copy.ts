import fs from "node:fs";
import path from "node:path";
import { isTzFile } from "../../clock/tzfile.js";
import { isDockerStream } from "../../decode/docker/stream.js";
import { mainFormat } from "../../decode/text/claim.js";
import { looksBinary } from "../../evidence/encoding.js";
import { openChunks, PackingError, readHead, readUnpackedHead } from "../../evidence/open.js";
import { reasonOf } from "../../evidence/walk.js";
import { maskDockerStream, maskJournalExport } from "../../redact/lengths.js";
import type { Masker } from "../../redact/masker.js";
import { captureMasker, UnmaskableCapture } from "../../redact/wire/capture.js";
import type { Surveyed } from "../survey.js";
import { textBlocks } from "./blocks.js";

/** What became of a file. */
export interface CopiedFile {
  /** Its path as it was, and that of its copy; absent: it was not copied. */
  from: string;
  to?: string;
  /** Why it was not copied, or not to its end. */
  trouble?: string;
}

/** A file that counts lengths is masked as a whole: longer ones are not copied (bytes). */
const MOST_WHOLE = 256 << 20;
const HEAD_BYTES = 8 << 10;

/**
 * Writes masked copies of files into a folder: unpacked, members of archives in a folder named after the archive, texts in UTF-8. What
 * cannot be masked for certain is not copied.
 *
 * @param out exists, and is empty
 */
export async function* copyMasked(
  surveyed: readonly Surveyed[],
  masker: Masker,
  out: string,
): AsyncGenerator<CopiedFile> {
  const taken = new Set<string>();
  for (const member of surveyed) {
    const from = member.source.path;
    const refusal = refusalOf(member);
    if (refusal !== undefined) {
      yield { from, trouble: refusal };
      continue;
    }
    const to = placeFor(member, masker, taken);
    const file = path.join(out, to);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const fd = fs.openSync(file, "wx", 0o600);
    let trouble: string | undefined;
    let written = 0;
    try {
      for await (const piece of maskedPieces(member, masker)) {
        for (let done = 0; done < piece.length; ) done += fs.writeSync(fd, piece, done);
        written += piece.length;
      }
    } catch (error) {
      trouble = troubleOf(error);
    } finally {
      fs.closeSync(fd);
    }
    if (trouble !== undefined && written === 0) fs.rmSync(file);
    yield {
      from,
      ...(trouble === undefined || written > 0 ? { to } : {}),
      ...(trouble !== undefined && { trouble }),
    };
  }
}

/** Why a file cannot be masked for certain. */
function refusalOf({ kind, file, packing, encoding, detection }: Surveyed): string | undefined {
  if (kind === "journal")
    return "journald's own files hold hashes of what they say and cannot be masked; journalctl --file FILE -o export gives a text that can";
  if (kind === "packets") return undefined;
  try {
    const head = packing === "plain" ? readHead(file.absolute, HEAD_BYTES) : undefined;
    if (head && isTzFile(head)) return undefined;
    if (head && encoding.encoding === "bytes" && looksBinary(head) && !isDockerStream(head))
      return "binary data in no format that is known";
  } catch (error) {
    return reasonOf(error);
  }
  if (countsLengths(detection) !== undefined && file.bytes > MOST_WHOLE)
    return `a file that counts its lengths must be held as a whole, and is longer than ${MOST_WHOLE >> 20} MB; split it`;
  return undefined;
}

const countsLengths = (detection: Surveyed["detection"]) =>
  ({ "journal-export": maskJournalExport, "docker-stream": maskDockerStream })[
    mainFormat(detection)?.name ?? ""
  ];

async function* maskedPieces(member: Surveyed, masker: Masker): AsyncGenerator<Buffer> {
  const { kind, file, packing, detection } = member;
  if (kind === "packets") {
    const head =
      packing === "plain" ? readHead(file.absolute, 4) : await readUnpackedHead(file.absolute, packing, 4);
    const capture = captureMasker(head, masker);
    for await (const chunk of openChunks(file.absolute, packing)) yield* capture.push(chunk);
    yield* capture.end();
    return;
  }
  if (packing === "plain" && isTzFile(readHead(file.absolute, HEAD_BYTES))) {
    yield* openChunks(file.absolute, packing);
    return;
  }
  const whole = countsLengths(detection);
  if (whole) {
    const blocks: string[] = [];
    for await (const block of textBlocks(member)) blocks.push(block);
    yield Buffer.from(whole(blocks.join(""), masker), "latin1");
    return;
  }
  for await (const block of textBlocks(member)) yield Buffer.from(masker.text(block), "latin1");
}

/** Where the copy lies: as it did, with names masked, and below the folder whatever the path said. */
function placeFor({ source, packing }: Surveyed, masker: Masker, taken: Set<string>): string {
  const parts = source.path
    .replaceAll("!", "")
    .split(/[/\\]/)
    .map((part) => masker.text(part).replace(/[/\\\0]/g, "_"))
    .filter((part) => part !== "" && part !== "." && part !== ".." && !/^[A-Za-z]:$/.test(part));
  let place = parts.join("/") || "evidence";
  if (packing !== "plain") place = place.replace(/\.(?:gz|zst|xz|bz2)$/i, "") || place;
  let free = place;
  // Names that differ in case alone are one on some systems.
  for (let i = 2; taken.has(free.toLowerCase()); i++) free = place.replace(/(\.[^./]*)?$/, `-${i}$1`);
  taken.add(free.toLowerCase());
  return free;
}

function troubleOf(error: unknown): string {
  if (error instanceof UnmaskableCapture) return error.message;
  if (error instanceof PackingError)
    return `the compressed data breaks off or is damaged (${error.message}); what came before it was copied`;
  if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  return reasonOf(error);
}
