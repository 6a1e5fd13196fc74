import type { Facts } from "./template.js";

/** A place in advice: `{dns.server.ip|SERVER}`. It needs its words, so that a command's own braces are none. */
const PLACE = /\{([a-z@][\w.@-]*)\|([^{}|]+)\}/g;

/** What may stand in a command that people copy into a shell: host names, addresses, image names, numbers. */
const HARMLESS = /^[A-Za-z0-9][A-Za-z0-9._:/@%+-]{0,254}$/;

/**
 * Fills the places of a remedy or check with the first value of each fact, so that its commands can be copied. Evidence is
 * hostile: a value that a shell could take for more than a word leaves the place's own words standing.
 */
export function advise(text: string, facts: Facts): string {
  return text.replace(PLACE, (_, name: string, words: string) => {
    const value = facts(name)[0];
    return value !== undefined && HARMLESS.test(value) ? value : words;
  });
}

/** The names in a text of advice. */
export const placesInAdvice = (text: string): string[] => [...text.matchAll(PLACE)].map((match) => match[1]!);

/** The text with the words of its places: how a rule speaks when there is no finding. */
export const inWords = (text: string): string => advise(text, () => []);
