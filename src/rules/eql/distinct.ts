/**
 * One of each list, none twice: the choices in the order of the lists, that of the first list moving last. So are Elastic's samples
 * chosen.
 *
 * Before an element is taken, it is made sure that the lists behind it can still be served ({@link canServe}). So no choice is begun in
 * vain, and each costs a number of looks that is polynomial in the lists' length.
 *
 * @param most so many choices at most
 */
export function distinctChoices<T>(lists: readonly (readonly T[])[], most: number): T[][] {
  const choices: T[][] = [];
  const chosen: T[] = [];
  const choose = (): void => {
    const list = lists[chosen.length];
    if (list === undefined) {
      choices.push([...chosen]);
      return;
    }
    const rest = lists.slice(chosen.length + 1);
    for (const one of list) {
      if (choices.length >= most) return;
      if (chosen.includes(one)) continue;
      chosen.push(one);
      if (canServe(rest, chosen)) choose();
      chosen.pop();
    }
  };
  choose();
  return choices;
}

/** Is there one of each list that is not taken, none twice? Augmenting paths: Kuhn's algorithm for bipartite matching. */
export function canServe<T>(lists: readonly (readonly T[])[], taken: readonly T[] = []): boolean {
  const owner = new Map<T, number>();
  const serve = (list: number, tried: Set<T>): boolean => {
    for (const one of lists[list]!) {
      if (tried.has(one) || taken.includes(one)) continue;
      tried.add(one);
      const other = owner.get(one);
      if (other !== undefined && !serve(other, tried)) continue;
      owner.set(one, list);
      return true;
    }
    return false;
  };
  return lists.every((_, list) => serve(list, new Set()));
}
