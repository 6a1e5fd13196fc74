import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { chunksFrom } from "./fill.js";
import { PackingError } from "./packing-error.js";
import { ZstdReader } from "./zstd.js";
import { loadZstd } from "./zstd-module.js";
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
  const zstd = await loadZstd();
  yield* chunksFrom(file, (read) => new ZstdReader(zstd, read), tap);
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

/** A file that the thread unpacks. */
class FileBeside {
  private readonly thread: UnpackingThread;
  private readonly id: number;
  private readonly answers: (Answer | Error)[] = [];
  private wake = () => {};

  /** Starts to unpack: the thread goes as far ahead as it may. */
  constructor(
    private readonly file: string,
    program: string,
  ) {
    this.thread = UnpackingThread.get(program);
    this.id = this.thread.open((answer) => {
      this.answers.push(answer);
      this.wake();
    });
    for (let i = 0; i < PIECES_AHEAD; i++) this.ask(new ArrayBuffer(PIECE_BYTES));
  }

  /** The unpacked bytes, once. */
  async *chunks(tap?: (bytes: number) => void): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const { room, length, packed, failure } = await this.answer();
        tap?.(packed);
        if (failure)
          throw failure.damage
            ? new PackingError(failure.message)
            : Object.assign(new Error(failure.message), { code: failure.code });
        if (length === 0) return;
        yield Buffer.from(room, 0, length);
        this.ask(room);
      }
    } finally {
      await this.close();
    }
  }

  /** Lets go of the file. */
  close(): Promise<void> {
    return this.thread.close(this.id);
  }

  private ask(room: ArrayBuffer): void {
    this.thread.send({ id: this.id, file: this.file, room });
  }

  private async answer(): Promise<Answer> {
    if (this.answers.length === 0)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    const answer = this.answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

/** Files that were begun before anybody read them. */
const begun = new Map<string, FileBeside>();

/**
 * Starts the thread and has it begin with a file before anybody reads it: until then V8 has compiled the decoder well. The thread is kept
 * while there is nothing to unpack.
 * @returns lets it end; `undefined` where there is no thread's program
 */
export function beginBeside(
  file: string,
  program: string | undefined = threadFile(),
): (() => Promise<void>) | undefined {
  if (program === undefined) return undefined;
  const thread = UnpackingThread.get(program);
  const id = thread.open(() => {});
  begun.set(file, new FileBeside(file, program));
  return async () => {
    await begun.get(file)?.close();
    begun.delete(file);
    await thread.close(id);
  };
}

async function* chunksBeside(
  file: string,
  program: string,
  tap?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const beside = begun.get(file) ?? new FileBeside(file, program);
  begun.delete(file);
  yield* beside.chunks(tap);
}
