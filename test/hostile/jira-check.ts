const HEADINGS =
  /^(?:h2\. (?:What happened|What to do|How to check|Also found|Found|Also, on its own: |Would have helped|Read with trouble)|h3\. (?:Timeline|Looked at|Clocks|Not on the timeline))/gm;
const OWN = [
  [HEADINGS, ""],
  [/^\* /gm, ""],
  [/^\*Root cause\*/gm, ""],
  // A step: its number, and its time in bold.
  [/^(\d+\. )\*([\w :.+±µ–-]+)\*/gm, "$1$2"],
  [/\*(informational|low|medium|high|critical)\*/g, "$1"],
  [/^_(.*)_$/gm, "$1"],
  [/\{\{(.*?)(?<!\\)\}\}/g, "$1"],
] as const;

/** A character with a meaning that no backslash took from it. */
const LIVE = /[#*_^~|{}[\]!@]|--|:\/\/\S|mailto:\S|:-?[()]|;-?\)|\((?:[yni/x!+?*-]|on|off)\)|&#?\w+;|\\\\/;

/** Everything in a report in Jira's wiki markup that is more than text and our own structure. */
export function jiraTrouble(markup: string): string[] {
  const parts = markup.split(/^\{noformat\}$/m);
  if (parts.length % 2 === 0) return ["{noformat} without its end"];
  if (!/^h1\. /.test(markup)) return ["no title"];
  parts[0] = parts[0]!.slice(4);
  return parts.flatMap((part, i) => {
    if (i % 2 === 1) return part.split("\n").filter((line) => /\{noformat/i.test(line));
    // Pairs of a backslash and what it silences first: what is left is markup.
    let rest = part.replace(/\\[-#*_+?^~|%{}[\]()!@]/g, "");
    for (const [own, instead] of OWN) rest = rest.replace(own, instead);
    return rest.split("\n").filter((line) => LIVE.test(line) || /^(?:h[1-6]|bq)\. /.test(line));
  });
}
