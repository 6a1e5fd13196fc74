const NAMED: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const BLOCKS =
  /<\/?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|section|details|summary|pre|figure|header|nav|main|thead|tbody)\b[^>]*>/g;

/**
 * The words of a page, a line for each paragraph: what people read, without script, style and drawings. The timeline has tests of its own.
 */
export const pageText = (html: string): string =>
  html
    .replace(/<section id="timeline".*?<\/section>/s, "")
    .replace(/<(script|style|svg|title)\b.*?<\/\1>/gs, "")
    .replace(BLOCKS, "\n")
    .replace(/<\/(?:td|th|code)>/g, "  ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:lt|gt|quot|amp);/g, (name) => NAMED[name]!)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n")
    .concat("\n");
