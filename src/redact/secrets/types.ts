/** An example of a secret: it is a test, and what people read of the family. */
export interface SecretSample {
  text: string;
  /** What must not be left of it. */
  secret: string;
}

/** One way in which a secret is recognised. */
export interface SecretPattern {
  /**
   * Global, with two groups that lie next to each other: what stands before the secret, and the secret itself. Its time must be linear in
   * the text's length: no repetition without a bound before a part that can fail, but at the beginning of a line.
   */
  pattern: RegExp;
  /** Says no to what looks like a secret and is none. @param before the first group */
  accepts?: (secret: string, before: string) => boolean;
}

/** A family of secrets, as data: one file each. */
export interface SecretFamily {
  id: string;
  /** What people call it. */
  title: string;
  /** One of these, in lower case, stands in every text that has such a secret: others are not looked at. */
  hints: readonly string[];
  patterns: readonly SecretPattern[];
  samples: readonly SecretSample[];
  /** Texts that resemble the family's, in which nothing is a secret. */
  near: readonly string[];
  /** Where the format is described. */
  source?: string;
}
