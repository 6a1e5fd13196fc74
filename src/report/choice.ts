/** Which records to take, by words of the user's; what is absent chooses all. */
export interface ChoiceOptions {
  /** Parts of sources' paths; any of them. */
  source?: readonly string[] | undefined;
  /** Kinds of events; `*` stands for anything: `registry.*`. Any of them. */
  action?: readonly string[] | undefined;
  /** Parts of records' texts; any of them. */
  grep?: readonly string[] | undefined;
}

const matcher = (pattern: string) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*")}$`);

/** A choice of records. */
export interface Choice {
  /** Does it take a source with this path? */
  source(path: string): boolean;
  /** Does it take this record, its source aside? */
  record(record: { action: string; text: string }): boolean;
}

export function choiceOf({ source, action, grep }: ChoiceOptions): Choice {
  const actions = action?.map(matcher);
  return {
    source: (path) => source?.some((part) => path.includes(part)) ?? true,
    record: (record) =>
      (actions?.some((pattern) => pattern.test(record.action)) ?? true) &&
      (grep?.some((part) => record.text.includes(part)) ?? true),
  };
}
