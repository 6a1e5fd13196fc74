/** Where files that tell of a host lie below the root of what was collected on it: as on the host itself, or as sos has it. */
const BELOW_ROOT =
  /(?:^|\/)(?:etc\/(?:hostname|HOSTNAME|timezone|localtime|sysconfig\/clock)|proc\/(?:uptime|stat|sys\/kernel\/hostname)|sos_commands\/[^/]+\/[^/]+)$/;

/** The folder that a file tells of: the root of a bundle whose layout is known, else the file's own. */
export function toldRoot(path: string): string {
  const below = BELOW_ROOT.exec(path);
  return below ? path.slice(0, below.index) : (parentOf(path) ?? "");
}

/** `undefined` for the uppermost folder. */
export function parentOf(path: string): string | undefined {
  if (path === "") return undefined;
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** What containers write is not stamped in the host's zone, but in their own. */
export const isOfContainer = (path: string): boolean =>
  /(?:^|\/)(?:containers|pods|container_logs)\/|(?:docker|podman|crictl|nerdctl)_(?:container_)?logs/.test(
    path,
  );
