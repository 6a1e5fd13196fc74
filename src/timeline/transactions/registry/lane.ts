import type { Pull } from "./pull.js";
import type { Said } from "./said.js";

/** So many pulls that are not well are looked at for one line: the newest. */
const LOOKED_AT = 64;
/** So many that are well. */
const WELL_LOOKED_AT = 8;

/**
 * Open pulls, in the order in which they began, became well or ended. Engines of today say nothing when a pull is done: those of which v2 gave
 * the manifest are kept apart, as hundreds of them can be open while nearly every line is about one of the few others.
 */
export class Lane {
  private readonly busy: Pull[] = [];
  private readonly well: Pull[] = [];

  get size(): number {
    return this.busy.length + this.well.length;
  }

  /** The only pull, when there is one only. */
  get only(): Pull | undefined {
    return this.size === 1 ? (this.busy[0] ?? this.well[0]) : undefined;
  }

  add(pull: Pull): void {
    (pull.isWell ? this.well : this.busy).push(pull);
  }

  /** Removes a pull, which must be as it was when it was added. */
  remove(pull: Pull): void {
    const pulls = pull.isWell ? this.well : this.busy;
    if (pulls[0] === pull) pulls.shift();
    else pulls.splice(pulls.indexOf(pull), 1);
  }

  /** The newest pull that agrees with the line and `suits`; those of another tag come last. */
  newest(said: Said, suits: (pull: Pull) => boolean): Pull | undefined {
    return newest(this.busy, LOOKED_AT, said, suits) ?? newest(this.well, WELL_LOOKED_AT, said, suits);
  }

  /** The first of all that agree with the line and suit, of those that are not well. */
  oldest(said: Said, suits: (pull: Pull) => boolean): Pull | undefined {
    for (let at = Math.max(0, this.busy.length - LOOKED_AT); at < this.busy.length; at++) {
      const pull = this.busy[at]!;
      if (agrees(pull, said) && suits(pull)) return pull;
    }
    return undefined;
  }
}

/** Whether the pull contradicts nothing that the line says, but perhaps its repository. */
function agrees(pull: Pull, said: Said): boolean {
  if (said.registry !== undefined && pull.registry !== undefined && pull.registry !== said.registry) {
    return false;
  }
  return said.operation === undefined || pull.operation === undefined || pull.operation === said.operation;
}

function newest(
  pulls: readonly Pull[],
  lookedAt: number,
  said: Said,
  suits: (pull: Pull) => boolean,
): Pull | undefined {
  const stop = Math.max(0, pulls.length - lookedAt);
  let ofOtherTag: Pull | undefined;
  for (let at = pulls.length - 1; at >= stop; at--) {
    const pull = pulls[at]!;
    if (!agrees(pull, said) || !suits(pull)) continue;
    if (said.tag === undefined || pull.tag === undefined || pull.tag === said.tag) return pull;
    ofOtherTag ??= pull;
  }
  return ofOtherTag;
}
