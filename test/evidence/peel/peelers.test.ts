import { describe, expect, it } from "@jest/globals";
import { About } from "../../../src/evidence/peel/peeler.js";
import { peelerNamed } from "../../../src/evidence/peel/peelers.js";

const LOG = "Mar  2 10:00:01 node-1 dockerd[27]: it's up";

/** What one peeler makes of lines, and what it says about the last. */
function peel(name: string, ...lines: string[]): { lines: string[]; about: unknown; suits: boolean } {
  const about = new About();
  const peeler = peelerNamed(name);
  const turn = peeler.begin(about);
  return { suits: peeler.suits(lines), lines: lines.map((line) => turn(line)), about: about.fields };
}

describe("escapes", () => {
  it.each([
    ["colours", "\x1b[1;36mMar\x1b[0m  2", "Mar  2"],
    ["a window's title", "\x1b]0;ops@web-1: ~\x07ops@web-1:~$ ls", "ops@web-1:~$ ls"],
    ["a link", "\x1b]8;;http://a.example\x1b\\here\x1b]8;;\x1b\\", "here"],
    ["a change of character set", "\x1b(Bplain", "plain"],
    ["a sequence that the end of the line cuts", "cut\x1b[3", "cut"],
    ["colours as JSON spells them", '{"log":"\\u001b[31mERROR\\u001b[0m x"}', '{"log":"ERROR x"}'],
    ["colours as cat -v shows them", "^[[31mERROR^[[0m x", "ERROR x"],
    ["bold print of man", "B\bBo\bol\bld", "Bold"],
    ["a typed correction", "dokc\b\b\x1b[Kcker ps", "docker ps"],
    ["progress written over itself", "10 %\r50 %\r100 %", "100 %"],
    ["a bell", "done\x07", "done"],
  ])("knows %s", (_, line, shown) => {
    expect(peel("escapes", line)).toMatchObject({ suits: true, lines: [shown] });
  });

  it("leaves a text alone in which hardly a line is marked", () => {
    expect(peel("escapes", ...Array(99).fill(LOG), "\x1b[1mx").suits).toBe(false);
  });
});

describe("text that was encoded twice", () => {
  const bytes = (text: string) => Buffer.from(text).toString("latin1");
  const twice = (text: string, as: "latin1" | "windows-1252") =>
    bytes(new TextDecoder(as === "latin1" ? "iso-8859-1" : as).decode(Buffer.from(text)));

  it.each([
    ["Loaded: loaded (/lib/systemd/system/docker.service; enabled; vendor preset: ena…)"],
    ["├─ 27065 /usr/bin/dockerd"],
    ["Übertragungsfehler: Zeitüberschreitung"],
  ])("is what it was: %s", (text) => {
    expect(peel("encoded-twice", twice(text, "windows-1252"))).toMatchObject({
      suits: true,
      lines: [bytes(text)],
    });
  });

  it.each([["déjà vu"], ["é\u00a0: un blanc"], ["таймаут DNS"], [LOG]])("leaves what is not: %s", (text) => {
    expect(peel("encoded-twice", bytes(text)).lines).toEqual([bytes(text)]);
  });
});

describe("code spans", () => {
  it.each([
    ["one line", ["`a b`"], ["a b"]],
    ["several lines, of which only the first and the last are marked", ["`a", "b", "c`"], ["a", "b", "c"]],
    ["blanks behind the mark", ["`a`  "], ["a"]],
    ["marks inside", ["`iptables: Try `iptables -h'", "b`"], ["iptables: Try `iptables -h'", "b"]],
  ])("are taken off %s", (_, lines, shown) => {
    expect(peel("code-spans", ...lines)).toMatchObject({ suits: true, lines: shown });
  });

  it("end with their paragraph, if nothing else ends them", () => {
    expect(peel("code-spans", "`a", "", "b`").lines).toEqual(["a", "", "b`"]);
  });

  it("are no fences, and no words in the middle of a line", () => {
    for (const line of ["```sh", "``", "`", "run `docker ps`", "Try `x'"])
      expect(peel("code-spans", line)).toMatchObject({ suits: false, lines: [line] });
  });
});

describe("quoting", () => {
  it.each([
    [`> ${LOG}`, LOG],
    [`>${LOG}`, LOG],
    [`> > ${LOG}`, LOG],
    [">", ""],
    [LOG, LOG],
    ["    > lib(func+0x1) [0x2]", "    > lib(func+0x1) [0x2]"],
  ])("makes of %j %j", (line, shown) => expect(peel("quoting", line).lines).toEqual([shown]));
});

describe("numbering", () => {
  it.each([
    ["cat -n", ["     9\ta", "    10\tb"]],
    ["grep -n", ["9:a", "12:b"]],
    ["grep -n -C", ["9-a", "10:b"]],
    ["less -N", ["      9 a", "     10 b"]],
    ["bat", ["   9 \xe2\x94\x82 a", "  10 \xe2\x94\x82 b"]],
  ])("knows that of %s", (_, lines) => {
    expect(peel("numbering", ...lines)).toMatchObject({ suits: true, lines: ["a", "b"] });
  });

  it("takes no process ids for numbers of lines: they fall and repeat", () => {
    expect(peel("numbering", "7962 open()", "7962 close()", "7961 open()").suits).toBe(false);
  });
});

describe("file names", () => {
  it("are known of the lines behind them", () => {
    const found = peel("file-names", `/var/log/a.log:${LOG}`, `/var/log/a.log:${LOG}`);
    expect(found).toMatchObject({
      suits: true,
      lines: [LOG, LOG],
      about: { "log.file.path": "/var/log/a.log" },
    });
  });

  it("stand before numbers, and before lines of context with dashes", () => {
    const found = peel("numbered-names", `a-1.log-11-${LOG}`, `a-1.log:12:${LOG}`, "--", `a-1.log:40:${LOG}`);
    expect(found).toMatchObject({ suits: true, lines: [LOG, LOG, "--", LOG] });
    expect(found.about).toEqual({ "log.file.path": "a-1.log" });
  });

  it("take no time of day with them", () => {
    expect(peel("file-names", "b.log:10:00:01 up").lines).toEqual(["10:00:01 up"]);
  });

  it.each(["10:00:01 up", "https://a.example/ https://b.example/", "no name"])(
    "are not found in %j",
    (line) => expect(peel("file-names", line, line).suits).toBe(false),
  );
});

describe("typography", () => {
  it.each([
    ["quotation marks of a word processor", "msg=\xe2\x80\x9cup\xe2\x80\x9d", 'msg="up"'],
    ["blanks that do not break", "a\xc2\xa0b", "a b"],
    ["entities", "&lt;1&gt; a &amp;&amp; &quot;b&quot; &amp;lt;", '<1> a && "b" &lt;'],
    ["Markdown's escapes", "dockerd\\[27\\]: a\\_b", "dockerd[27]: a_b"],
  ])("undoes %s", (_, line, plain) =>
    expect(peel("typography", line)).toMatchObject({ suits: true, lines: [plain] }),
  );
});

describe("a session", () => {
  it("tells the host, and the file that is shown, until the next prompt", () => {
    const cat = "root@Node-17:/var/log# sudo cat /etc/resolv.conf";
    expect(peel("session", cat, "nameserver 10.0.0.53")).toMatchObject({
      lines: [cat, "nameserver 10.0.0.53"],
      about: { "host.hostname": "node-17", "log.file.path": "/etc/resolv.conf" },
    });
    expect(peel("session", cat, "[ops@web-1 ~]$ ip addr").about).toEqual({ "host.hostname": "web-1" });
  });

  it.each([
    ["tail -n 20 -f /var/log/messages", "/var/log/messages"],
    ["cat /proc/meminfo | head", "/proc/meminfo"],
    ["less etc/hosts", "etc/hosts"],
  ])("knows which file %s shows", (command, file) =>
    expect(peel("session", `a@b:~$ ${command}`).about).toMatchObject({ "log.file.path": file }),
  );

  it.each(["grep x /var/log/messages", "cat /etc/hosts /etc/resolv.conf", "rm /etc/hosts"])(
    "knows none of %s",
    (command) => expect(peel("session", `a@b:~$ ${command}`).about).toEqual({ "host.hostname": "b" }),
  );

  it("tells the files of tail -f", () => {
    expect(peel("session", "==> /var/log/a <==", "x", "", "==> /var/log/b <==").about).toEqual({
      "log.file.path": "/var/log/b",
    });
  });
});
