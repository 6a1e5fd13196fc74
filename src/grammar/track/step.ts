import type { ByteSet } from "../bytes.js";

/** One step of a track: what stands next in each of its texts. */
export type Step =
  /** These bytes. */
  | { readonly kind: "bytes"; readonly bytes: string }
  /** So many bytes of a set, as many as there are; the last of them, where that is said, is one of a smaller set. */
  | {
      readonly kind: "run";
      readonly set: ByteSet;
      readonly min: number;
      readonly max: number;
      readonly last?: ByteSet;
    }
  /** Here a group of the expression begins, or ends. */
  | { readonly kind: "open" | "close"; readonly group: number }
  /** The text must not go on like this: it would have taken another way, which comes first. */
  | { readonly kind: "unless"; readonly bytes: string };

/** A way through an expression without forks: a sequence of steps. */
export type Track = readonly Step[];
