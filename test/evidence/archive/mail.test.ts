import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mailEntries } from "../../../src/evidence/archive/mail.js";
import { isMail } from "../../../src/evidence/archive/mail-head.js";
import { readAll } from "./read.js";

const LOG = Array.from(
  { length: 40 },
  (_, i) => `Nov 22 03:52:${10 + i} node-1 dockerd[27]: naïve line ${i}`,
).join("\n");
const base64 = (text: string) => Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\n");

const HEAD = `Received: from mail.example.net (mail.example.net [192.0.2.25])
\tby mx.example.org with ESMTPS; Sun, 22 Nov 2026 04:10:00 +0000
From: On-call <oncall@example.net>
To: Support <support@example.org>
Subject: pulls fail on node-1
Date: Sun, 22 Nov 2026 04:09:58 +0000
MIME-Version: 1.0
`;

const WITH_PARTS = `${HEAD}Content-Type: multipart/mixed; boundary="=_part"

This is a multi-part message in MIME format.
--=_part
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

time=3D"2026-11-22T03:52:37.526690699Z" level=3Ddebug msg=3D"Error getting =
v2 registry"
--=_part
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="dockerd.log"
Content-Transfer-Encoding: base64

${base64(LOG)}
--=_part
Content-Type: text/x-log; name="second.log"
Content-Disposition: attachment

plain = plain
--=_part
Content-Type: message/rfc822

From: Somebody <somebody@example.net>
Subject: before

what was said before
--=_part--
`;

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "mail-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

async function partsOf(mail: string) {
  const file = path.join(dir, `${fs.readdirSync(dir).length}.eml`);
  fs.writeFileSync(file, mail);
  const { read, error } = await readAll(mailEntries(file, "plain"));
  expect(error).toBeUndefined();
  return read.map(({ name, text }) => [name, Buffer.from(text, "latin1").toString()]);
}

describe("a mail", () => {
  it.each([
    ["with parts", WITH_PARTS, true],
    ["with line ends of its own", WITH_PARTS.replaceAll("\n", "\r\n"), true],
    ["in a mailbox", `From oncall@example.net Sun Nov 22 04:09:58 2026\n${WITH_PARTS}`, true],
    ["whose text is encoded", `${HEAD}Content-Transfer-Encoding: base64\n\n${base64(LOG)}`, true],
    ["whose text is as it is", `${HEAD}Content-Type: text/plain\n\n${LOG}`, false],
    ["that is none: a log", LOG, false],
    [
      "that is none: words about one",
      `Subject: what we saw\nMIME-Version: 1.0\nnot a header\n\n${WITH_PARTS}`,
      false,
    ],
    [
      "that is none: an answer of a web server",
      "HTTP/1.1 200 OK\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n",
      false,
    ],
  ])("%s is told by its head", (_, text, expected) => expect(isMail(Buffer.from(text))).toBe(expected));

  it("gives its text and its attachments, decoded", async () =>
    expect(await partsOf(WITH_PARTS)).toEqual([
      [
        "text.txt",
        expect.stringMatching(
          /^time="2026-11-22T03:52:37.526690699Z" level=debug msg="Error getting v2 registry"\s*$/,
        ),
      ],
      ["dockerd.log", LOG],
      ["second.log", expect.stringMatching(/^plain = plain\s*$/)],
      ["part-3.eml", expect.stringContaining("what was said before")],
    ]));

  it("gives the parts of each mail of a mailbox", async () => {
    const mark = "From oncall@example.net Sun Nov 22 04:09:58 2026\n";
    const names = (
      await partsOf(
        `${mark}${WITH_PARTS}\n${mark}${HEAD}Content-Transfer-Encoding: base64\n\n${base64(LOG)}\n`,
      )
    ).map(([name]) => name);
    expect(names).toEqual(["1/text.txt", "1/dockerd.log", "1/second.log", "1/part-3.eml", "2/text.txt"]);
  });

  it("gives what is there of one that was cut", async () => {
    const parts = new Map(
      (await partsOf(
        WITH_PARTS.slice(0, WITH_PARTS.indexOf("--=_part\nContent-Type: text/x-log") - 200),
      )) as [string, string][],
    );
    expect(LOG.startsWith(parts.get("dockerd.log")!.slice(0, 1000))).toBe(true);
    expect(parts.get("dockerd.log")!.length).toBeGreaterThan(1000);
  });
});
