import { describe, expect, it } from "@jest/globals";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { ClosedMap, MapRecorder, openMap, sealMap } from "../../src/redact/map.js";
import { Masker } from "../../src/redact/masker.js";
import { NameBook } from "../../src/redact/names/book.js";
import { SeenSecrets } from "../../src/redact/secrets/seen.js";

describe("the map of what stands for what", () => {
  const recorder = new MapRecorder();
  const masker = new Masker(
    keyFrom("a key for maps"),
    parseKinds("all"),
    { book: new NameBook(), seen: new SeenSecrets() },
    recorder.note,
  );
  const masked = masker.text("web1.corp.test 10.1.2.3 password=hunter22 jane@corp.test");
  const sealed = sealMap(recorder.map(), "a long passphrase");

  it("leads back from what is shown, and holds no secret", () => {
    const { entries } = openMap(sealed, "a long passphrase");
    const back = new Map(entries.map(({ now, was }) => [now, was]));
    const [host, ip] = masked.split(" ");
    expect(back.get(host!)).toBe("web1.corp.test");
    expect(back.get(ip!)).toBe("10.1.2.3");
    expect(JSON.stringify(entries)).not.toContain("hunter22");
  });

  it("shows nothing without the passphrase, and nothing once it was changed", () => {
    expect(sealed.toString("latin1")).not.toMatch(/web1|10\.1\.2\.3/);
    expect(() => openMap(sealed, "another passphrase")).toThrow(ClosedMap);
    const changed = Buffer.from(sealed);
    changed[changed.length - 20]! ^= 1;
    expect(() => openMap(changed, "a long passphrase")).toThrow(ClosedMap);
    expect(() => openMap(Buffer.from("something else"), "a long passphrase")).toThrow("this is no map");
  });
});
