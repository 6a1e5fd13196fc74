import { describe, expect, it } from "@jest/globals";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { Masker } from "../../src/redact/masker.js";
import { NameBook } from "../../src/redact/names/book.js";
import { SeenSecrets } from "../../src/redact/secrets/seen.js";
import { documents, FORMATS, PLANTS } from "./plants.js";

const KEY = keyFrom("planted secrets");
const masker = (kinds = "secrets") =>
  new Masker(KEY, parseKinds(kinds), { book: new NameBook(), seen: new SeenSecrets() });

/** Which of the secrets are still in a text, with what they are. */
const left = (text: string) =>
  PLANTS.filter(({ secrets }) => secrets.some((secret) => text.includes(secret))).map(({ kind }) => kind);

describe("200 planted secrets", () => {
  it("are of more than 25 kinds", () => {
    expect(PLANTS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(PLANTS.map(({ kind }) => kind)).size).toBeGreaterThan(25);
  });

  it.each(Object.entries(FORMATS))("leave no trace in %s", (_, write) => {
    const text = write(PLANTS);
    expect(left(text).length).toBe(PLANTS.length);
    expect(left(masker().text(text))).toEqual([]);
    expect(left(masker("all").text(text))).toEqual([]);
  });

  it("are found line by line as well", () => {
    const one = masker();
    for (const write of Object.values(FORMATS))
      expect(
        left(
          write(PLANTS)
            .split("\n")
            .map((line) => one.text(line))
            .join("\n"),
        ),
      ).toEqual([]);
  });

  const { files, secrets } = documents();
  it.each(Object.entries(files))("leave no trace in %s", (_, text) => {
    const masked = masker().text(text);
    expect(secrets.filter((secret) => text.includes(secret)).length).toBeGreaterThan(0);
    expect(secrets.filter((secret) => masked.includes(secret))).toEqual([]);
    if (text.startsWith("{") || text.startsWith("[")) expect(() => JSON.parse(masked)).not.toThrow();
  });

  it("are known again where nothing says what they are, also encoded", () => {
    const seen = new SeenSecrets();
    seen.add("q7Zp+45/xyz!");
    const knowing = new Masker(KEY, parseKinds("secrets"), { book: new NameBook(), seen });
    const encoded = [
      "q7Zp+45/xyz!",
      Buffer.from("q7Zp+45/xyz!").toString("base64"),
      encodeURIComponent("q7Zp+45/xyz!"),
    ];
    for (const form of encoded)
      expect(knowing.text(`it was (${form}) again`)).not.toContain(form.slice(0, 12));
  });

  it("get the same mark for the same secret, and another with another key", () => {
    const text = "token=abc123def456";
    expect(masker().text(text)).toBe(masker().text(text));
    const other = new Masker(keyFrom("another"), parseKinds("secrets"), {
      book: new NameBook(),
      seen: new SeenSecrets(),
    });
    expect(other.text(text)).not.toBe(masker().text(text));
    expect(masker().text(text)).toMatch(/^token=REDACTED-[0-9a-f]{8}$/);
  });
});

describe("what only looks like a secret stays", () => {
  it.each([
    "sha256:65da35563fc4d72c03b70fb45f61d462021182733fa62b8fc74c30e62a961887",
    "commit 0a8c2e3f4b5d6e7f8091a2b3c4d5e6f708192a3b",
    "b822cb7714503a76bdf2d5ae5caaa91c1207602cc98b958a368d4b0cae5c095e",
    "request 123e4567-e89b-12d3-a456-426614174000 done",
    "Nov 22 03:52:37 web1 dockerd[812]: the password reset page was opened 3 times",
    "net.ipv4.ip_forward = 1 bridge-nf-pass-vlan-input-dev = 0",
    'time="2026-11-22T03:52:37Z" level=error msg="unauthorized: authentication required"',
    'Www-Authenticate: Bearer realm="https://auth.corp.test/token",service="registry.corp.test"',
    "secret/web-tls unchanged; 2 tokens left; key not found",
    "brtest: port 3(veth9c2) entered forwarding state",
    "Digest: sha256:0cd7ab00f7c0a3b2b7a1d2c4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e",
    "-A POSTROUTING -s 10.24.0.0/24 ! -o docker0 -j MASQUERADE",
  ])("%s", (text) => {
    expect(masker().text(text)).toBe(text);
  });
});
