/** What a registry URL or an image name says: where, which API version, which repository. */
export interface RegistryPlace {
  host?: string | undefined;
  version?: "v1" | "v2" | undefined;
  repository?: string | undefined;
  /** The path below `/v1/` or `/v2/`. */
  path: string;
}

/** Docker Hub answers under several names. */
const HUB = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.docker.io",
  "registry-1-stage.docker.io",
]);

/** One name per registry: lower case, Docker Hub's names as `docker.io`. */
export function sameHost(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const lower = host.toLowerCase();
  return HUB.has(lower) ? "docker.io" : lower;
}

/** Reads `http://host:5000/v1/repositories/a/b/tags/latest`, or a path alone as access logs have it. */
export function placeOf(url: string): RegistryPlace {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?\/?(?:(v1|v2)(?:\/([^?#]*))?)?/i.exec(url);
  const host = match?.[1]?.toLowerCase();
  const version = match?.[2]?.toLowerCase() as "v1" | "v2" | undefined;
  const path = match?.[3] ?? "";
  return { host, version, path, repository: version === undefined ? undefined : repositoryIn(version, path) };
}

/** The parts that end a repository's name within a path (Docker Registry HTTP API V1 and V2). */
const ENDS: Record<"v1" | "v2", ReadonlySet<string>> = {
  v1: new Set(["images", "tags", "auth", "index_images", "properties", "layer"]),
  v2: new Set(["manifests", "blobs", "tags"]),
};

function repositoryIn(version: "v1" | "v2", path: string): string | undefined {
  const parts = path.split("/").slice(0, 32);
  if (version === "v1") {
    if (parts[0] !== "repositories") return undefined;
    parts.shift();
  }
  const end = parts.findIndex((part, index) => index > 0 && ENDS[version].has(part));
  return end > 0 ? parts.slice(0, end).join("/") : undefined;
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
 * The repository as a registry knows it: without the registry's host, the tag, and Docker Hub's `library/`. The first part is a
 * host when it has a dot or a port, or is `localhost` (github.com/distribution/reference).
 */
export function repositoryName(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  let rest = name;
  const slash = rest.indexOf("/");
  if (slash > 0) {
    const first = rest.slice(0, slash);
    if (first === "localhost" || first.includes(".") || first.includes(":")) rest = rest.slice(slash + 1);
  }
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) rest = rest.slice(0, colon);
  return rest.startsWith("library/") ? rest.slice(8) : rest;
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
