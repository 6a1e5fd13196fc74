/**
 * An attempt to read evidence in a way that is faster, but knows less of damage. Whoever makes one throws all of it away when it has failed, and
 * begins anew in the way that is always taken, so that what comes out does not depend on who can attempt what.
 */
export class Attempt {
  private hasFailed = false;

  get failed(): boolean {
    return this.hasFailed;
  }

  fail(): void {
    this.hasFailed = true;
  }

  /** @throws an error that nobody shall see */
  throwIfFailed(): void {
    if (this.hasFailed) throw new Error("the attempt has failed");
  }
}
