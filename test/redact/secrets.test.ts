import { describe, expect, it } from "@jest/globals";
import { families } from "../../src/redact/secrets/families/index.js";
import { findSecrets } from "../../src/redact/secrets/find.js";

const found = (text: string): string[] => {
  const secrets: string[] = [];
  findSecrets(text, ({ start, end }) => secrets.push(text.slice(start, end)));
  return secrets;
};

/** The text without what was found. */
const left = (text: string): string => {
  const places: [number, number][] = [];
  findSecrets(text, ({ start, end }) => places.push([start, end]));
  return [...text]
    .map((char, at) => (places.some(([from, to]) => at >= from && at < to) ? "\0" : char))
    .join("");
};

describe.each(families.map((family) => [family.id, family] as const))("secrets: %s", (_, family) => {
  it.each(family.samples.map(({ text, secret }) => [text, secret]))("%s", (text, secret) => {
    expect(text).toContain(secret);
    expect(left(text)).not.toContain(secret);
  });

  it.each(family.near)("leaves alone: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});
