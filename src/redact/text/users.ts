/**
 * Where logs, commands and paths name accounts. Each expression has one group: the name. They are bounded: none can take more than a
 * constant for each place of the text.
 */
const NAME = "([A-Za-z_\\u0080-\\uffff][\\w.\\u0080-\\uffff-]{0,63})";
const CONTEXTS: readonly RegExp[] = [
  // Folders of people: Linux, macOS, Windows (backslashes doubled in JSON).
  new RegExp(`(?:/home/|/Users/|[\\\\/]Users\\\\{1,4})${NAME}`, "g"),
  // sshd, PAM, su, login (OpenSSH auth.c and session.c; Linux-PAM pam_unix).
  new RegExp(`\\b(?:for|opened for|closed for|by) (?:invalid |illegal )?user ${NAME}`, "g"),
  new RegExp(
    `\\b(?:Accepted|Failed|Postponed) [\\w/-]{1,24} for (?:invalid user )?(?!user\\b|invalid\\b)${NAME}`,
    "g",
  ),
  new RegExp(
    `\\b(?:Invalid|invalid|unknown|authenticating|Removed session of|New session \\w{1,8} of) user ${NAME}`,
    "g",
  ),
  // sudo (its log line begins with the account), and the account that a shell's id shows.
  new RegExp(`\\bsudo(?:\\[\\d{1,10}\\])?: {1,8}${NAME} : `, "g"),
  new RegExp(`\\b(?:uid|euid|auid)=\\d{1,10}\\(${NAME}\\)`, "g"),
  // Pairs: logfmt, environments, PAM's and JSON's.
  new RegExp(
    `\\b(?:[Uu]ser(?:[Nn]ame|_name|_id)?|USER(?:NAME)?|LOGNAME|SUDO_USER|ruser|logname|acct|login|account)\\\\{0,3}["']?[=:] {0,2}\\\\{0,3}["']?${NAME}`,
    "g",
  ),
  // A prompt (`jane@web1:~$`, `[jane@web1 ~]$`), and whom a connection is for. Links look alike: `eth0@if7:`.
  new RegExp(`(?:^|[\\s"'\\[])${NAME}@[A-Za-z0-9][\\w.-]{0,252}(?::[~/]| [^\\s\\]]{1,255}\\][$#])`, "gm"),
  new RegExp(`\\b(?:ssh|scp|sftp|rsync|mosh)\\b[^\\r\\n@]{0,128}?[\\s"']${NAME}@`, "g"),
];

/** Names that these places may show for accounts that are none. */
const NONE =
  /^(?:name|none|null|true|false|unknown|id|is|not|for|from|and|the|at|session|agent|with|using|invalid)$/i;

/** Words of which one stands in every text that names an account so: a look that costs next to nothing. */
const HINT = /user|home\/|logname|login|acct|account|uid|sudo|accepted |failed |postponed |@/i;

/** Can a text name accounts? */
export const mayNameAccounts = (text: string): boolean => HINT.test(text);

/** What stands where an account is named: start and end of each. */
export function* accountsIn(text: string): Generator<{ start: number; name: string }> {
  for (const context of CONTEXTS)
    for (const match of text.matchAll(context)) {
      // A full stop or hyphen ends the sentence, not the name.
      const name = match[1]!.replace(/[.-]+$/, "");
      if (name === "" || NONE.test(name)) continue;
      yield { start: match.index + match[0].lastIndexOf(match[1]!), name };
    }
}
