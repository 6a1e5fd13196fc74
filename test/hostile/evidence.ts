import fs from "node:fs";
import path from "node:path";
import { loadRules } from "../../src/rules/load.js";
import { type Payload, payloads } from "./payloads.js";

/** What nginx makes of a value that it logs (ngx_http_log_module, `escape=default`): no more than is needed to keep the line whole. */
const nginx = (text: string) =>
  text.replace(
    /["\\\x00-\x1f\x7f]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

/** A string as strace prints it: octal escapes for what is not printable ASCII. */
const strace = (text: string) =>
  Array.from(Buffer.from(text), (byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, "0")}`,
  ).join("");

/** A name that a file may have: no slash, no NUL, at most 255 bytes. */
const fileName = (text: string) => Buffer.from(text.replace(/[/\0]/g, "_")).subarray(0, 200).toString();

const at = (second: number) => `2026-11-22T03:${pad(10 + Math.floor(second / 60))}:${pad(second % 60)}`;
const pad = (n: number) => String(n).padStart(2, "0");

/** Every payload in each kind of evidence that can hold it; some as names of files too. */
const KINDS: Record<string, (payload: Payload, second: number) => string> = {
  // JSON keeps newlines, NUL and halves of surrogate pairs.
  "container-json.log": ({ text }, i) =>
    JSON.stringify({ log: `${text}\n`, stream: "stderr", time: `${at(i)}.000000001Z` }),
  "access.log": ({ text }, i) =>
    `10.0.0.1 - - [22/Nov/2026:${at(i).slice(11)} +0000] "GET /${nginx(text).replaceAll(" ", "%20")} HTTP/1.1" 404 29 "-" "${nginx(text)}"`,
  "journal.txt": ({ text }, i) =>
    `Nov 22 ${at(i).slice(11)} dev1 app[812]: ${text.replace(/[\r\n\u2028\u2029\x85]+/g, " ")}`,
  "client.strace": ({ text }, i) =>
    `${at(i).slice(11)}.000000 openat(AT_FDCWD, "/etc/${strace(text).slice(0, 4000)}", O_RDONLY) = -1 ENOENT (No such file or directory)`,
  "resolv.conf": ({ text }) => `search ${text.replace(/\s+/g, "_").slice(0, 250)}`,
};

/** Every fifth payload, which are those that stand alone, names a file. */
const NAMED = 5;

/** Writes evidence that is made of the payloads into a folder. */
export function plant(folder: string): void {
  for (const [name, line] of Object.entries(KINDS))
    fs.writeFileSync(path.join(folder, name), `${payloads.map(line).join("\n")}\n`);
  payloads.forEach((payload, i) => {
    if (i % NAMED === 0)
      fs.writeFileSync(
        path.join(folder, fileName(payload.text)),
        `Nov 22 ${at(i).slice(11)} dev1 app[812]: named ${payload.mark}\n`,
      );
  });
}

/** A rule that finds every one of them, and says it everywhere where a rule can say something. */
const RULE = `
id: hostile
title: A hostile record
severity: high
description: For tests.
queries:
  - eql: any where event.action in ("log.line", "http.access")
group_by: [message, url.original, user_agent.original]
entities: [message, url.original, user_agent.original]
summary: "{message|}{user_agent.original|} was seen; {url.original|nothing} was asked for"
remediation: ["Block {message|}{user_agent.original|} at once."]
verify: ["grep -r {message|}{user_agent.original|} /var/log"]
`;

export const rules = loadRules([{ file: "hostile.yaml", text: RULE }]).rules;
