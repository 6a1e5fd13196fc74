/** A line of a mail's head (RFC 5322, 2.2), or the rest of one. */
const HEADER = /^(?:[!-9;-~]+:|[ \t])/;
/** What a mail may have before its head in a mailbox (RFC 4155). */
const POSTMARK = /^From \S+ .*\d{4}\r?$/;

/** The lines before the first empty one, when all of them are of a mail's head. */
function headOf(lines: readonly string[]): string | undefined {
  const end = lines.findIndex((line) => line === "" || line === "\r");
  const head = lines.slice(0, end < 0 ? -1 : end);
  return head.length > 1 && HEADER.test(head[0]!) && head.every((line) => HEADER.test(line))
    ? head.join("\n")
    : undefined;
}

/** Is this a mail that has parts, or one that is encoded? Others are text as they are. */
export function isMail(bytes: Buffer): boolean {
  // Almost everything is ruled out by its first line.
  if (!/^[!-9;-~]+: |^From /.test(bytes.toString("latin1", 0, 80))) return false;
  const lines = bytes.toString("latin1").split("\n");
  const head = headOf(POSTMARK.test(lines[0]!) ? lines.slice(1) : lines);
  return (
    head !== undefined &&
    /^mime-version:/im.test(head) &&
    /^(?:content-type:\s*(?:multipart|message)\/|content-transfer-encoding:\s*(?:base64|quoted-printable))/im.test(
      head,
    )
  );
}
