/** What a draft is made for. */
export interface DraftOptions {
  /** The format's name. */
  name: string;
  /** Whose lines they are, for the file's comments. */
  from: string;
  layer: "envelope" | "message";
  /** Programs whose messages these are: an `accepts` clause. */
  programs?: readonly string[];
}
