/** What an archive holds at one place. */
export interface Entry {
  /** Its path inside of the archive, as written there. Never used to write a file. */
  readonly name: string;
  /** A link is never followed, and a device never made. */
  readonly kind: "file" | "folder" | "link" | "special";
  /**
   * A file's bytes, to be asked for once, before the next entry is. The same buffer may be filled again for each chunk.
   * @throws PackingError when they are damaged or cut, after all readable ones were given
   */
  chunks(): AsyncIterable<Buffer>;
  /** Where a link leads, as written there. */
  readonly target?: string;
  /** Why a file's bytes can't be read, and what to do. */
  readonly unreadable?: string;
}

/** An entry without bytes. */
export const bare = (name: string, kind: Entry["kind"]): Entry => ({ name, kind, chunks: nothing });

async function* nothing(): AsyncGenerator<Buffer> {}

/** How an archive is told what goes wrong without ending it. */
export type Complain = (message: string) => void;
