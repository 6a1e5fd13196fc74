import type { Source } from "../model/source.js";

/** Words by which people tell dumps of one command apart that they made one after the other. */
const WHEN =
  /(?<![a-z])(?:before|during|after(?:wards)?|pre|post|old|new|prev(?:ious)?|earlier|later|then|now|first|second|start|end)(?![a-z])|(?<!\d)20\d\d-?[01]\d-?[0-3]\d(?:[T_-]?[0-2]\d[:-]?[0-5]\d(?:[:-]?[0-5]\d)?)?(?!\d)|(?<!\d)[0-2]\d:[0-5]\d(?::[0-5]\d)?(?!\d)/gi;

/**
 * Sources that were collected in one place at different moments, as their names say: `ip_addr.before.txt` and `ip_addr.after.txt`,
 * `before/brctl.txt` and `after/brctl.txt`. Names that differ in anything else (`web1/ip_addr.txt`, `web2/ip_addr.txt`) are of no series: they may be of two machines.
 *
 * @returns by the sources' numbers, the name that the sources of one series share
 */
export function seriesOf(sources: readonly Pick<Source, "id" | "path">[]): ReadonlyMap<number, string> {
  const series = new Map<number, string>();
  for (const { id, path } of sources) {
    const name = path.replace(WHEN, "*");
    if (name !== path) series.set(id, name);
  }
  return series;
}
