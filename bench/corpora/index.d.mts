/** Makes a file of at most so many bytes, unless it is there already, and gives its name. `from`: µs UTC of its first record. */
type Maker<Options = object> = (file: string, bytes: number, options?: Options & { from?: number }) => string;

export const journal: Maker<{ decoded?: number; hostile?: boolean }>;
export const strace: Maker<{ epoch?: boolean }>;
export const pcap: Maker;
/** Makes a folder. */
export function mixed(dir: string, bytes: number): string;
