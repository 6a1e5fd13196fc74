/** What the path of a registry's URL says: which API version, which repository. */
export interface RegistryPlace {
  readonly version: "v1" | "v2" | undefined;
  readonly repository: string | undefined;
  readonly tag: string | undefined;
  /** The path below `/v1/` or `/v2/`. */
  readonly path: string;
}

/** Docker Hub answers under several names. */
const HUB = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.docker.io",
  "registry-1-stage.docker.io",
]);

/** The last host, and its name: most daemons speak of one registry. */
let lastHost = { host: "", name: "" };

/** One name per registry: lower case, Docker Hub's names as `docker.io`. */
export function sameHost(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  if (host !== lastHost.host) {
    const lower = host.toLowerCase();
    lastHost = { host, name: HUB.has(lower) ? "docker.io" : lower };
  }
  return lastHost.name;
}

/** The host of a URL, with its port, in lower case. */
export function hostOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1]?.toLowerCase();
}

/** A host, if any, and the version; the Engine API's own `/v1.41/` is no version of a registry. */
const VERSION = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?\/?v([12])(?=[/?#]|$)/i;
const SLASH = 47;
const NO_PLACE: RegistryPlace = { version: undefined, repository: undefined, tag: undefined, path: "" };

/** How a URL begins, up to its API's version. */
interface Begin {
  readonly text: string;
  readonly version: "v1" | "v2";
  /** The version's end. */
  readonly end: number;
}

/** What the expression took of the last URL, where a slash followed: URLs of one registry begin alike. */
let last: Begin | undefined;

/** `undefined`: the URL names no version. */
function beginOf(url: string): Begin | undefined {
  // To compare texts is faster than `startsWith`, which goes from letter to letter.
  if (last && url.charCodeAt(last.end) === SLASH && url.slice(0, last.end) === last.text) return last;
  const match = VERSION.exec(url);
  if (match === null) return undefined;
  const [text, digit] = match;
  const begin: Begin = { text, version: digit === "1" ? "v1" : "v2", end: text.length };
  if (url.charCodeAt(begin.end) === SLASH) last = begin;
  return begin;
}

/** Reads `http://host:5000/v1/repositories/a/b/tags/latest`, or a path alone as access logs have it. */
export function placeOf(url: string): RegistryPlace {
  const begin = url === "" ? undefined : beginOf(url);
  if (!begin) return NO_PLACE;
  const { version, end } = begin;
  const query = url.indexOf("?", end);
  const fragment = url.indexOf("#", end);
  const stop = Math.min(query < 0 ? url.length : query, fragment < 0 ? url.length : fragment);
  const path = url.slice(end + 1, stop);
  const [from, to] = repositoryIn(version, path);
  if (to < 0) return { version, repository: undefined, tag: undefined, path };
  return { version, repository: path.slice(from, to), tag: tagAfter(path, to), path };
}

/** The parts that end a repository's name within a path (Docker Registry HTTP API V1 and V2). */
const ENDS: Record<"v1" | "v2", readonly string[]> = {
  v1: ["images", "tags", "auth", "index_images", "properties", "layer"],
  v2: ["manifests", "blobs", "tags"],
};
const V1_REPOSITORIES = "repositories/";
/** A longer path is nobody's repository. */
const MAX_PARTS = 32;

/** Where the repository's name begins and ends in a path; it ends at -1 when the path names none. */
function repositoryIn(version: "v1" | "v2", path: string): readonly [number, number] {
  if (version === "v1" && !path.startsWith(V1_REPOSITORIES)) return [0, -1];
  const from = version === "v1" ? V1_REPOSITORIES.length : 0;
  let end = path.indexOf("/", from);
  for (let parts = 1; end >= 0 && parts < MAX_PARTS; parts++) {
    const next = path.indexOf("/", end + 1);
    if (isOneOf(ENDS[version], path, end + 1, next < 0 ? path.length : next)) return [from, end];
    end = next;
  }
  return [from, -1];
}

/** Is what stands in a text, from a place to another, one of the words? */
function isOneOf(words: readonly string[], text: string, from: number, to: number): boolean {
  for (const word of words) if (word.length === to - from && text.startsWith(word, from)) return true;
  return false;
}

/** The tag that a manifest of v2 or an image of v1 is asked for by; digests are none. */
function tagAfter(path: string, at: number): string | undefined {
  const word = path.startsWith("/manifests/", at) ? 11 : path.startsWith("/tags/", at) ? 6 : 0;
  const tag = path.slice(at + word);
  return word === 0 || tag === "" || tag === "list" || tag.includes(":") ? undefined : tag;
}

/** A name as people write it: the Engine API's URLs carry it with its slashes and colons percent-encoded (RFC 3986, 2.1). */
export function plainName(name: string | undefined): string | undefined {
  if (name === undefined || !name.includes("%")) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * The repository as a registry knows it: without the registry's host, tag and digest, and Docker Hub's `library/`. The first part is a
 * host when it has a dot or a port, or is `localhost` (github.com/distribution/reference).
 */
export function repositoryName(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  let rest = namesHost(name) ? name.slice(name.indexOf("/") + 1) : name;
  const digest = rest.indexOf("@");
  if (digest > 0) rest = rest.slice(0, digest);
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) rest = rest.slice(0, colon);
  return withoutLibrary(rest);
}

/** Whether the name of a repository begins with its registry's host. Docker Hub's need not, also where mirrors are asked for them. */
export function namesHost(name: string): boolean {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  return first === "localhost" || first.includes(".") || first.includes(":");
}

/** Without Docker Hub's `library/`. */
export function withoutLibrary(repository: string): string {
  return repository.startsWith("library/") ? repository.slice(8) : repository;
}

/** What an HTTP status says in the words of `error.kind`; `undefined` when it is no error. */
export function kindOfStatus(status: number): string | undefined {
  if (status < 400) return undefined;
  if (status === 401) return "unauthorized";
  if (status === 403) return "denied";
  if (status === 404) return "not-found";
  if (status === 407) return "proxy";
  if (status === 429) return "rate-limited";
  return status >= 500 ? "server-error" : "other";
}
