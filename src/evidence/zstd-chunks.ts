import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { PIECE_BYTES as HERE_BYTES } from "./fill.js";
import { PackingError } from "./packing-error.js";
import { SureReader } from "./zstd/sure.js";
import type { Answer, Request } from "./zstd-thread.js";

/** The thread is so many pieces ahead of who reads a file. Each costs two messages: they are large. */
const PIECES_AHEAD = 3;
const PIECE_BYTES = 1 << 20;

/** Smaller files (packed, in bytes) are unpacked by the calling thread: starting another would take longer. */
const BESIDE_FROM = 2 << 20;

export const isLarge = (packed: number): boolean => packed >= BESIDE_FROM;

/** Where the thread's program lies: beside this one in `dist/`. Nothing where there is none, as in tests of the sources. */
function threadFile(): string | undefined {
  return ["./zstd-thread.js", "../zstd-thread.js"]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((file) => fs.existsSync(file));
}

/**
 * The unpacked bytes of a zstd file: of a large one by a thread beside the calling one. The same buffer may be filled again after
 * the next chunk was asked for.
 *
 * @param tap is told how many bytes were read of the packed file
 * @param program the thread's program, if not the one in `dist/`
 * @throws PackingError when the file is damaged or cut, after all readable bytes were delivered; the system's error
 */
export function zstdChunks(
  file: string,
  tap?: (bytes: number) => void,
  program: string | undefined = threadFile(),
): AsyncGenerator<Buffer> {
  const isBeside = program !== undefined && isLarge(fs.statSync(file).size);
  return isBeside ? chunksBeside(file, program, tap) : zstdChunksHere(file, tap);
}

/** The same, unpacked by the calling thread, as they are asked for. */
export async function* zstdChunksHere(file: string, tap?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const fd = fs.openSync(file, "r");
  const reader = new SureReader((target, position) => fs.readSync(fd, target, 0, target.length, position));
  const piece = Buffer.allocUnsafeSlow(HERE_BYTES);
  try {
    for (let told = 0; ; told = reader.packed) {
      const count = await reader.fill(piece);
      tap?.(reader.packed - told);
      if (count === 0) return;
      yield piece.subarray(0, count);
    }
  } finally {
    reader.close();
    fs.closeSync(fd);
  }
}

/** The thread that unpacks, while there is something to unpack: one for all files. */
class UnpackingThread {
  private static running: UnpackingThread | undefined;
  private readonly worker: Worker;
  /** Who waits for an answer about a file. */
  private readonly readers = new Map<number, (answer: Answer | Error) => void>();
  private next = 0;

  private constructor(program: string) {
    this.worker = new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: 2 } });
    this.worker.on("message", (answer: Answer) => this.readers.get(answer.id)?.(answer));
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("the thread that unpacks it has ended")));
  }

  static get(program: string): UnpackingThread {
    return (UnpackingThread.running ??= new UnpackingThread(program));
  }

  /** Takes a file on. @returns its number */
  open(take: (answer: Answer | Error) => void): number {
    const id = this.next++;
    this.readers.set(id, take);
    return id;
  }

  send(request: Request): void {
    this.worker.postMessage(request, request.room ? [request.room] : []);
  }

  /** Lets go of a file, and ends the thread after the last one. */
  async close(id: number): Promise<void> {
    this.readers.delete(id);
    this.send({ id });
    if (this.readers.size > 0) return;
    this.forget();
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.forget();
    for (const take of this.readers.values()) take(error);
  }

  private forget(): void {
    if (UnpackingThread.running === this) UnpackingThread.running = undefined;
  }
}

/**
 * Starts the thread before there is a file for it, and keeps it while there is none.
 * @returns lets it end; `undefined` where there is no thread's program
 */
export function holdThread(program: string | undefined = threadFile()): (() => Promise<void>) | undefined {
  if (program === undefined) return undefined;
  const thread = UnpackingThread.get(program);
  const id = thread.open(() => {});
  return () => thread.close(id);
}

async function* chunksBeside(
  file: string,
  program: string,
  tap?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const answers: (Answer | Error)[] = [];
  let wake = () => {};
  const thread = UnpackingThread.get(program);
  const id = thread.open((answer) => {
    answers.push(answer);
    wake();
  });
  try {
    for (let i = 0; i < PIECES_AHEAD; i++) thread.send({ id, file, room: new ArrayBuffer(PIECE_BYTES) });
    for (;;) {
      if (answers.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      const { room, length, packed, failure } = answer;
      tap?.(packed);
      if (failure)
        throw failure.damage
          ? new PackingError(failure.message)
          : Object.assign(new Error(failure.message), { code: failure.code });
      if (length === 0) return;
      yield Buffer.from(room, 0, length);
      thread.send({ id, file, room });
    }
  } finally {
    await thread.close(id);
  }
}
