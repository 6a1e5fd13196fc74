/** A thread that unpacks zstd files, several side by side: `dist/zstd-thread.js`. */
import fs from "node:fs";
import { parentPort } from "node:worker_threads";
import { PackingError } from "./packing-error.js";
import { SureReader } from "./zstd/sure.js";

/** Room for a file's unpacked bytes, or the wish to end. The file is opened when the first room for it comes. */
export type Request =
  | { readonly id: number; readonly file: string; readonly room: ArrayBuffer }
  /** Nobody wants the rest of the file. */
  | { readonly id: number; readonly file?: undefined; readonly room?: undefined };

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
  readonly fd: number;
  readonly reader: SureReader;
}

const port = parentPort!;
const files = new Map<number, Open>();

/** Requests are carried out one after the other. */
let last = Promise.resolve();
port.on("message", (request: Request) => {
  last = last.then(() => carryOut(request));
});

async function carryOut({ id, file, room }: Request): Promise<void> {
  if (!room) return close(id);
  const answer = (rest: Omit<Answer, "id" | "room">) =>
    port.postMessage({ id, room, ...rest } satisfies Answer, [room]);
  const before = files.get(id)?.reader.packed ?? 0;
  const packed = () => (files.get(id)?.reader.packed ?? 0) - before;
  try {
    const { reader } = files.get(id) ?? open(id, file);
    const length = await reader.fill(new Uint8Array(room));
    answer({ length, packed: packed() });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    answer({
      length: 0,
      packed: packed(),
      failure: { message, code, damage: error instanceof PackingError },
    });
  }
}

function open(id: number, file: string): Open {
  const fd = fs.openSync(file, "r");
  const reader = new SureReader((target, position) => fs.readSync(fd, target, 0, target.length, position));
  const opened = { fd, reader };
  files.set(id, opened);
  return opened;
}

function close(id: number): void {
  const open = files.get(id);
  if (!open) return;
  files.delete(id);
  open.reader.close();
  fs.closeSync(open.fd);
}
