/** What is used of yauzl 3, which brings no types. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  export interface ZipEntry {
    readonly fileName: Buffer;
    readonly extraFields: readonly { id: number; data: Buffer }[];
    readonly generalPurposeBitFlag: number;
    readonly compressionMethod: number;
    readonly crc32: number;
    readonly externalFileAttributes: number;
    readonly versionMadeBy: number;
    isEncrypted(): boolean;
    canDecodeFileData(): boolean;
  }

  export interface ZipFile {
    eachEntry(): AsyncIterable<ZipEntry>;
    openReadStreamPromise(entry: ZipEntry, options?: { decodeFileData?: boolean }): Promise<Readable>;
    close(): void;
  }

  /** Rejects when there is no directory at the file's end, or a damaged one. */
  export function openPromise(
    path: string,
    options: { autoClose: boolean; decodeStrings: false; lazyEntries: true },
  ): Promise<ZipFile>;

  export function getFileNameLowLevel(
    flags: number,
    name: Buffer,
    extraFields: ZipEntry["extraFields"],
    strict: boolean,
  ): string;
}
