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

const URL_PARTS =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[^\]/]*\]|[^/?#:]*)(?::([^/?#]*))?([^?#]*)/;

/** Parts of a URL as ECS names them. A path alone has only `original` and `path`. */
export function url(bytes: string): UrlParts {
  const original = textOf(bytes);
  if (original.charCodeAt(0) === 47) {
    return {
      original,
      scheme: undefined,
      domain: undefined,
      port: undefined,
      path: original.split(/[?#]/, 1)[0],
    };
  }
  const parts = URL_PARTS.exec(original);
  if (!parts) return { ...NO_URL, original };
  const name = parts[2]!
    .replace(/^\[|\]$/g, "")
    .toLowerCase()
    .replace(/\.$/, "");
  return {
    original,
    scheme: parts[1]?.toLowerCase(),
    domain: name === "" ? undefined : (canonicalIp(name) ?? name),
    port: parts[3] ? port(parts[3]) : undefined,
    path: parts[4] === "" ? undefined : parts[4],
  };
}
