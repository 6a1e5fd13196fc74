import { textOf } from "../bytes.js";
import { canonicalIp } from "./ip.js";
import { port } from "./port.js";

export interface UrlParts {
  original: string | undefined;
  scheme: string | undefined;
  domain: string | undefined;
  port: number | undefined;
  path: string | undefined;
}

export const NO_URL: UrlParts = {
  original: undefined,
  scheme: undefined,
  domain: undefined,
  port: undefined,
  path: undefined,
};

const SLASH = 47;

const URL_PARTS =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[^\]/]*\]|[^/?#:]*)(?::([^/?#]*))?([^?#]*)/;

/**
 * What stood before the path of the last URL that had one: the next is of the same server, most often. No expression is needed to read
 * it again, since nothing behind the slash has a say in what stands before it.
 */
let server: { origin: string; parts: UrlParts } | undefined;

/** Parts of a URL as ECS names them. A path alone has only `original` and `path`. */
export function url(bytes: string): UrlParts {
  const original = textOf(bytes);
  if (original.charCodeAt(0) === SLASH) {
    return {
      original,
      scheme: undefined,
      domain: undefined,
      port: undefined,
      path: original.split(/[?#]/, 1)[0],
    };
  }
  if (server && original.charCodeAt(server.origin.length) === SLASH && original.startsWith(server.origin)) {
    const { scheme, domain, port } = server.parts;
    return { original, scheme, domain, port, path: pathFrom(original, server.origin.length) };
  }
  const parts = URL_PARTS.exec(original);
  if (!parts) return { ...NO_URL, original };
  const name = nameOf(parts[2]!);
  const read: UrlParts = {
    original,
    scheme: parts[1] === undefined ? undefined : lowerCase(parts[1]),
    domain: name === "" ? undefined : (canonicalIp(name) ?? name),
    port: parts[3] ? port(parts[3]) : undefined,
    path: parts[4] === "" ? undefined : parts[4],
  };
  const origin = original.slice(0, parts[0].length - parts[4]!.length);
  if (original.charCodeAt(origin.length) === SLASH) server = { origin, parts: read };
  return read;
}

/** The URL's path, which begins at `at`, without query and fragment. */
function pathFrom(url: string, at: number): string {
  for (let end = at; end < url.length; end++) {
    const code = url.charCodeAt(end);
    if (code === 63 || code === 35) return url.slice(at, end);
  }
  return url.slice(at);
}

/** A host's name or address: without the brackets of an IPv6 address and the root's dot, in lower case. */
function nameOf(host: string): string {
  const last = host.charCodeAt(host.length - 1);
  const isPlain = host.charCodeAt(0) !== 91 && last !== 93 && last !== 46;
  return lowerCase(isPlain ? host : host.replace(/^\[|\]$/g, "").replace(/\.$/, ""));
}

/** Nearly all are in lower case already: then nothing new is made. */
function lowerCase(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 65 && code <= 90) || code > 127) return text.toLowerCase();
  }
  return text;
}
