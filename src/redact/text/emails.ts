import type { Names } from "../names/names.js";
import { endsLikeHost, isTopLevel } from "../names/public.js";
import type { Span } from "./span.js";

const LOCAL = /[A-Za-z0-9._%+=-]/;
const MOST_LOCAL = 64;
const DOMAIN = /[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/y;
/** Accounts that belong to programs: `git@github.com` is an address of a repository. */
const NOBODY: ReadonlySet<string> = new Set(["git", "hg", "svn", "root", "noreply", "no-reply", "localhost"]);

/** Finds e-mail addresses (RFC 5321, what of them is met): who it is gets another name, and the domain what domains get. */
export function findEmails(text: string, names: Names, mask: (local: string) => string, spans: Span[]): void {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < MOST_LOCAL && LOCAL.test(text[start - 1]!)) start--;
    // A key before it: `user=jane@…`.
    const equals = text.slice(start, at).lastIndexOf("=");
    if (equals >= 0) start += equals + 1;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text)?.[0];
    if (start === at || domain === undefined || text[start - 1] === ":") continue;
    const local = text.slice(start, at);
    const last = domain.slice(domain.lastIndexOf(".") + 1).toLowerCase();
    if (!(isTopLevel(last) || endsLikeHost(last)) || /\d/.test(last) || NOBODY.has(local.toLowerCase()))
      continue;
    const end = at + 1 + domain.length;
    const now = `${mask(local)}@${names.host(domain)}`;
    if (now !== text.slice(start, end)) spans.push({ start, end, text: now });
  }
}
