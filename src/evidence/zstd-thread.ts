/** A thread that unpacks zstd files, several side by side: `dist/zstd-thread.js`. */
import fs from "node:fs";
import { parentPort } from "node:worker_threads";
import { PackingError } from "./packing-error.js";
import { ZstdReader } from "./zstd.js";
import { loadZstd } from "./zstd-module.js";

/** Room for a file's unpacked bytes, or the wish to end. The file is opened when the first room for it comes. */
export type Request =
  | { readonly id: number; readonly file: string; readonly room: ArrayBuffer }
  /** Nobody wants the rest of the file. */
  | { readonly id: number; readonly room?: undefined };

/** What came into a room. */
export interface Answer {
  readonly id: number;
  readonly room: ArrayBuffer;
  /** Bytes in the room; 0 at the end of the file. */
  readonly length: number;
  /** Packed bytes read for it. */
  readonly packed: number;
  /** Why there is no more. */
  readonly failure?: {
    readonly message: string;
    readonly code?: string | undefined;
    readonly damage: boolean;
  };
}

interface Open {
  fd: number;
  reader: ZstdReader;
  packed: number;
}

const port = parentPort!;
const zstd = loadZstd();
const files = new Map<number, Open>();

port.on("message", async (request: Request) => {
  const module = await zstd;
  const { id, room } = request;
  if (!room) return close(id);
  const answer = (rest: Omit<Answer, "id" | "room">) =>
    port.postMessage({ id, room, ...rest } satisfies Answer, [room]);
  let before = 0;
  try {
    const open = files.get(id) ?? begin(id, request.file, module);
    before = open.packed;
    const length = open.reader.fill(new Uint8Array(room));
    answer({ length, packed: open.packed - before });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const packed = (files.get(id)?.packed ?? 0) - before;
    answer({ length: 0, packed, failure: { message, code, damage: error instanceof PackingError } });
  }
});

function begin(id: number, file: string, module: Awaited<typeof zstd>): Open {
  const fd = fs.openSync(file, "r");
  const open: Open = {
    fd,
    packed: 0,
    reader: new ZstdReader(module, (target) => {
      const count = fs.readSync(fd, target, 0, target.length, open.packed);
      open.packed += count;
      return count;
    }),
  };
  files.set(id, open);
  return open;
}

function close(id: number): void {
  const open = files.get(id);
  if (!open) return;
  files.delete(id);
  open.reader.close();
  fs.closeSync(open.fd);
}
