import fs from "node:fs";
import PostalMime, { type Attachment, type Email } from "postal-mime";
import { openChunks, type Packing } from "../open.js";
import { PackingError } from "../packing-error.js";
import type { Entry } from "./entry.js";

/** A mail is read whole: one of several times its length comes into memory. Larger ones than servers take are not read (bytes). */
const MOST_MAIL = 64 << 20;

/** Where a mail begins in a mailbox: behind an empty line (RFC 4155). */
const POSTMARKS = /(?:^|\n\r?\n)From \S+ [^\n]*\d{4}\r?\n/g;

/**
 * The texts and attachments of a mail, or of all mails of a mailbox, decoded.
 *
 * @throws PackingError when it is too large or damaged; the system's error
 */
export async function* mailEntries(file: string, packing: Packing): AsyncGenerator<Entry> {
  const mails = splitMails(await whole(file, packing));
  for (const [i, mail] of mails.entries()) {
    let read: Email;
    try {
      read = await PostalMime.parse(mail, { forceRfc822Attachments: true });
    } catch (error) {
      throw new PackingError((error as Error).message);
    }
    const folder = mails.length > 1 ? `${i + 1}/` : "";
    yield* partsOf(read, folder);
  }
}

async function whole(file: string, packing: Packing): Promise<Buffer> {
  const tooLarge = new PackingError("it is larger than 64 MiB; save its attachments, and give them");
  if (packing === "plain" && fs.statSync(file).size > MOST_MAIL) throw tooLarge;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of openChunks(file, packing)) {
    if ((length += chunk.length) > MOST_MAIL) throw tooLarge;
    parts.push(Buffer.from(chunk));
  }
  return Buffer.concat(parts);
}

function splitMails(bytes: Buffer): Buffer[] {
  const text = bytes.toString("latin1");
  const marks = [...text.matchAll(POSTMARKS)];
  if (marks[0]?.index !== 0) return [bytes];
  return marks.map((mark, i) =>
    bytes.subarray(mark.index + mark[0].length, marks[i + 1]?.index ?? bytes.length),
  );
}

function* partsOf({ text, html, attachments }: Email, folder: string): Generator<Entry> {
  if (text !== undefined && text.trim() !== "") yield entry(`${folder}text.txt`, Buffer.from(text));
  else if (html !== undefined) yield entry(`${folder}text.html`, Buffer.from(html));
  for (const [i, part] of attachments.entries())
    yield entry(`${folder}${part.filename ?? `part-${i + 1}${endingOf(part)}`}`, bytesOf(part));
}

function entry(name: string, bytes: Buffer): Entry {
  return {
    name,
    kind: "file",
    async *chunks() {
      yield bytes;
    },
  };
}

const endingOf = ({ mimeType }: Attachment) => (mimeType === "message/rfc822" ? ".eml" : "");

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === "string" ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
