import type { Word } from "../text/words.js";

/** So many characters of secrets are known by heart: what finds them takes some hundred bytes for each. */
const MOST_CHARACTERS = 200_000;
const LEAST_LENGTH = 8;
const MOST_LENGTH = 512;

/**
 * Secrets that were found where something said what they are, to be found again where nothing does, also as base64 and as URLs write
 * them. Only what can hardly be anything else is remembered: `production` behind `password=` must not vanish from the whole report.
 */
export class SeenSecrets {
  private readonly values = new Set<string>();
  private characters = 0;
  /** Forms of secrets that there was no room for. */
  lost = 0;

  add(secret: string): void {
    for (const value of [secret, ...decoded(secret)])
      for (const form of formsOf(value)) if (isTelling(form) && !this.values.has(form)) this.keep(form);
  }

  private keep(form: string): void {
    if (this.characters + form.length > MOST_CHARACTERS) this.lost++;
    else {
      this.characters += form.length;
      this.values.add(form);
    }
  }

  words(): Word<"secret">[] {
    return [...this.values].map((text) => ({ text, standing: "anywhere", value: "secret" }));
  }
}

/** Long enough, and of more than one kind of character; no number, no path, no words. */
function isTelling(value: string): boolean {
  if (value.length < LEAST_LENGTH || value.length > MOST_LENGTH || /[\s\u0000-\u001f]/.test(value))
    return false;
  if (/^[\d.:,_-]+$/.test(value) || /^(?:\/[\w.-]+)+\/?$/.test(value) || /^[a-z]+:\/\//i.test(value))
    return false;
  return /\d/.test(value) ? /[A-Za-z]/.test(value) : /[^A-Za-z]/.test(value) && value.length >= 12;
}

/** A secret as it is, in base64 and base64url, and with what URLs escape. */
function formsOf(value: string): string[] {
  if (value.length < LEAST_LENGTH) return [];
  const bytes = Buffer.from(value, /[\u0100-\uffff]/.test(value) ? "utf8" : "latin1");
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  // The last characters depend on what follows: without them it is found within longer ones.
  const within = base64.slice(0, Math.floor((value.length * 8) / 6));
  const forms = [value, within, bytes.toString("base64url").slice(0, within.length)];
  const escaped = value.replace(
    /[^\w.~-]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  const asComponent = /[\ud800-\udfff]/.test(value) ? value : encodeURIComponent(value);
  const unescaped = unescapedOf(value);
  return [...new Set([...forms, escaped, asComponent, ...(unescaped === undefined ? [] : [unescaped])])];
}

/** What a secret stands for that is base64 itself: credentials as `user:password`, of which the password counts too. */
function decoded(secret: string): string[] {
  if (!/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(secret)) return [];
  const text = Buffer.from(secret, "base64").toString("latin1");
  if (!/^[\x20-\x7e]{4,}$/.test(text)) return [];
  const colon = text.indexOf(":");
  return colon < 0 ? [text] : [text, text.slice(colon + 1)];
}

function unescapedOf(value: string): string | undefined {
  if (!value.includes("%")) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
