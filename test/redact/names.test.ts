import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bytes4 } from "../../src/redact/addresses/bytes.js";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds, UnknownKind } from "../../src/redact/kinds.js";
import { Masker } from "../../src/redact/masker.js";
import { NameBook } from "../../src/redact/names/book.js";
import { Pseudonyms } from "../../src/redact/names/pseudonym.js";
import { SeenSecrets } from "../../src/redact/secrets/seen.js";
import { WordFinder } from "../../src/redact/text/words.js";

const KEY = keyFrom("a key for names");
const pseudonyms = new Pseudonyms(KEY);

function maskerKnowing(fields: Record<string, string>, kinds = "all"): Masker {
  const book = new NameBook();
  book.addFields(fields);
  return new Masker(KEY, parseKinds(kinds), { book, seen: new SeenSecrets() });
}

describe("pseudonyms", () => {
  it("are as long as the names, of the same kinds of characters, and the same each time", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/), (name) => {
        const out = pseudonyms.of(name);
        expect(out).toHaveLength(name.length);
        expect(out.replace(/[a-z0-9]/g, "x")).toBe(name.replace(/[a-z0-9]/g, "x"));
        expect(out).toBe(new Pseudonyms(KEY).of(name));
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("are never the same for two names: all names of two characters", () => {
    const names = [..."abcdefghijklmnopqrstuvwxyz"].flatMap((a) =>
      [..."abcdefghijklmnopqrstuvwxyz0123456789"].map((b) => a + b),
    );
    expect(new Set(names.map((name) => pseudonyms.of(name))).size).toBe(names.length);
  });

  it("keep what names have in common, and the numbers that count them", () => {
    const [web, db] = [pseudonyms.of("shop-web-1"), pseudonyms.of("shop-db-1")];
    expect(web.split("-")[0]).toBe(db.split("-")[0]);
    expect(web).toMatch(/-1$/);
    expect(pseudonyms.of("WEB1").toLowerCase()).toBe(pseudonyms.of("web1"));
  });
});

describe("names in texts", () => {
  const masker = maskerKnowing({
    "host.hostname": "web1",
    "container.name": "shop-web-1",
    "user.name": "jane",
  });

  it("the same host has the same name, short or whole", () => {
    const short = masker.text("web1");
    const [first, ...rest] = masker.text("web1.corp.test").split(".");
    expect(first).toBe(short);
    expect(rest.join(".")).toBe(masker.text("db7.corp.test").split(".").slice(1).join("."));
    expect(rest.at(-1)).toBe("test");
    expect(short).not.toBe("web1");
  });

  it("are found wherever they stand as words: file names, colours, escapes, URLs", () => {
    for (const text of [
      "journal-web1.log",
      "Nov 22 03:52:37 web1 kernel: up",
      "\u001b[32mweb1\u001b[0m ready",
      String.raw`"log":"up\nweb1 down"`,
      "q=%2Fweb1%2F",
      "http://web1:8080/",
      "/var/log/web1/x",
    ])
      expect(masker.text(text)).not.toContain("web1");
  });

  it("do not change other words", () => {
    for (const text of ["web10 web1x", "shop-web-10", "the janes", "docker[812]: registry"])
      expect(masker.text(text)).toBe(text);
  });

  it.each([
    [
      "localhost",
      "docker.io/library/nginx:1.25",
      "registry-1.docker.io",
      "resolv.conf",
      "com.docker.network.bridge.name",
    ],
    [
      "dockerd.service",
      "libc.so.6",
      "net/http",
      "context.Canceled",
      "main.go:12",
      "v1.2.3",
      "eth0",
      "veth1a2b3c",
      "br-8f2e",
    ],
  ])("what is everybody's stays: %s …", (...texts) => {
    for (const text of texts) expect(masker.text(text)).toBe(text);
  });

  it("accounts: where logs and paths name them, but not those of systems", () => {
    for (const text of [
      "/home/mjones/x",
      "Accepted publickey for mjones from 10.1.2.3",
      "session opened for user mjones",
      "user=mjones",
      "mjones@web9:~$ ls",
    ])
      expect(masker.text(text)).not.toContain("mjones");
    for (const text of ["session opened for user root", "uid=33(www-data)", "5: eth0@if7: <UP>"])
      expect(masker.text(text)).toBe(text);
  });

  it("e-mail addresses: the person, and the domain as any other", () => {
    const out = masker.text("mail jane.doe@corp.test now");
    expect(out).not.toContain("jane");
    expect(out.split("@")[1]).toBe(`${masker.text("corp.test")} now`);
    const personal = maskerKnowing({}, "email");
    expect(personal.text("jane.doe@corp.test")).toMatch(/^[a-z0-9]{4}\.[a-z0-9]{3}@corp\.test$/);
    expect(personal.text("git@github.com:org/x.git")).toBe("git@github.com:org/x.git");
  });

  it("images: repository and registry each for itself, tags and digests stay", () => {
    const images = maskerKnowing({ "container.image.name": "registry.corp.test:5000/acme/payments:1.2" });
    const out = images.text(
      "pull registry.corp.test:5000/acme/payments:1.2 then GET /v2/acme/payments/tags/list",
    );
    expect(out).not.toMatch(/acme|payments|registry\.corp/);
    const [, inName, inUrl] = /:5000\/(\S+):1\.2 .*\/v2\/(\S+)\/tags/.exec(out)!;
    expect(inName).toBe(inUrl);
  });

  it("only the kinds that are chosen", () => {
    const text = "web1.corp.test jane shop-web-1 10.1.2.3";
    expect(maskerKnowing({ "host.hostname": "web1" }, "secrets").text(text)).toBe(text);
    expect(maskerKnowing({}, "domain").text("web1.corp.test")).toMatch(/^web1\.[a-z0-9]{4}\.test$/);
    expect(maskerKnowing({}, "host").text("web1.corp.test")).toMatch(/^[a-z0-9]{4}\.corp\.test$/);
    expect(() => parseKinds("ip,hots")).toThrow(UnknownKind);
  });
});

describe("DNS messages in traces", () => {
  it("are masked label by label, at their length", () => {
    const masker = maskerKnowing({});
    const sent = String.raw`sendto(4, "\244\222\1\0\0\1\0\0\0\0\0\0\6docker\6moscow\4corp\4test\0\0\1\0\1", 41, 0, NULL, 0) = 41`;
    const [, ...labels] = masker.text("docker.moscow.corp.test").split(".").reverse();
    const [corp, moscow, docker] = labels;
    expect(masker.text(sent)).toBe(
      sent.replace("docker", docker!).replace("moscow", moscow!).replace("corp", corp!),
    );
  });
});

describe("addresses and names that traces write in other ways", () => {
  const masker = maskerKnowing({ "host.hostname": "docker.moscow.corp.test" });
  const [docker, moscow, corp] = masker.text("docker.moscow.corp.test").split(".");

  it("cut buffers of calls that go on: the beginning of the masked name", () => {
    const cut = String.raw`<... recvfrom resumed>"\250\354\205\200\0\1\0\1\0\0\0\0\6docker\6moscow\4corp\4"..., 1024`;
    expect(masker.text(cut)).toBe(
      cut.replace("docker", docker!).replace("moscow", moscow!).replace("corp", corp!),
    );
  });

  it("addresses as bytes", () => {
    const hex = (ip: string) =>
      [...bytes4(ip)!].map((octet) => `\\x${octet.toString(16).padStart(2, "0")}`).join("");
    const shown = masker.text(`sin_addr="${hex("172.28.1.15")}" /* inet_addr("172.28.1.15") */`);
    expect(shown).toBe(
      `sin_addr="${hex(masker.text("172.28.1.15"))}" /* inet_addr("${masker.text("172.28.1.15")}") */`,
    );
  });
});

describe("the finder of words", () => {
  it("finds what looking at each place finds", () => {
    const texts = fc.stringMatching(/^[ab. -]{0,40}$/);
    const words = fc.array(fc.stringMatching(/^[ab]{1,4}$/), { maxLength: 6 });
    fc.assert(
      fc.property(texts, words, (text, list) => {
        const found = new Set<string>();
        new WordFinder(list.map((word) => ({ text: word, standing: "anywhere" as const, value: word }))).find(
          text,
          (start, end) => found.add(`${start}:${end}`),
        );
        const expected = new Set<string>();
        for (let end = 1; end <= text.length; end++) {
          const longest = list
            .filter((word) => text.slice(0, end).endsWith(word))
            .sort((a, b) => b.length - a.length)[0];
          if (longest !== undefined) expected.add(`${end - longest.length}:${end}`);
        }
        expect(found).toEqual(expected);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
