/**
 * Names that say nothing of whose evidence this is, and a lot of what happened: they stay.
 */

/** Names of the whole world, and names that mean the machine itself. */
const NAMES = [
  ...[
    "localhost",
    "localhost.localdomain",
    "localhost4",
    "localhost6",
    "ip6-localhost",
    "ip6-loopback",
    "host",
  ],
  ...[
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
    "registry.docker.io",
    "registry-1-stage.docker.io",
  ],
  ...["auth.docker.io", "hub.docker.com", "download.docker.com", "production.cloudflare.docker.com"],
  ...[
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "k8s.gcr.io",
    "registry.k8s.io",
    "registry.gitlab.com",
    "public.ecr.aws",
  ],
  ...[
    "mcr.microsoft.com",
    "lscr.io",
    "registry.access.redhat.com",
    "registry.redhat.io",
    "registry.npmjs.org",
  ],
  ...["github.com", "api.github.com", "gitlab.com", "bitbucket.org", "raw.githubusercontent.com"],
  ...["google.com", "www.google.com", "dns.google", "one.one.one.one", "cloudflare.com", "microsoft.com"],
  ...["debian.org", "deb.debian.org", "security.debian.org", "archive.ubuntu.com", "security.ubuntu.com"],
  ...["dl-cdn.alpinelinux.org", "pypi.org", "files.pythonhosted.org", "proxy.golang.org", "rubygems.org"],
  ...["host.docker.internal", "gateway.docker.internal", "kubernetes.default.svc.cluster.local"],
  ...["kubernetes.default.svc", "kubernetes.default", "kubernetes", "metadata.google.internal"],
  ...["resolv.conf", "nsswitch.conf", "time.cloudflare.com", "pool.ntp.org", "ntp.ubuntu.com"],
];
export const PUBLIC_NAMES: ReadonlySet<string> = new Set(NAMES);

/** Ends of names below which everybody has names of his own; the ends stay. */
const SUFFIXES = [
  ...[
    "in-addr.arpa",
    "ip6.arpa",
    "svc.cluster.local",
    "pod.cluster.local",
    "cluster.local",
    "svc",
    "localdomain",
  ],
  ...["amazonaws.com", "compute.internal", "ec2.internal", "azurecr.io", "windows.net", "cloudapp.net"],
  ...[
    "googleapis.com",
    "googleusercontent.com",
    "pkg.dev",
    "gcr.io",
    "run.app",
    "herokuapp.com",
    "docker.internal",
  ],
  ...["co.uk", "org.uk", "ac.uk", "gov.uk", "com.au", "net.au", "org.au", "co.nz", "co.jp", "ne.jp", "or.jp"],
  ...[
    "com.br",
    "com.cn",
    "com.mx",
    "com.tr",
    "com.tw",
    "co.in",
    "co.kr",
    "co.za",
    "co.il",
    "com.ar",
    "com.ua",
  ],
  ...["github.io", "ntp.org", "docker.io", "docker.com", "debian.org", "ubuntu.com", "alpinelinux.org"],
];
const PUBLIC_SUFFIXES: ReadonlySet<string> = new Set(SUFFIXES);

/** Top-level domains that are met (IANA), and names that take their place in private (RFC 2606, RFC 6761, RFC 6762, RFC 8375). */
const TOP_LEVEL: ReadonlySet<string> = new Set([
  ...[
    "com",
    "net",
    "org",
    "edu",
    "gov",
    "mil",
    "int",
    "arpa",
    "info",
    "biz",
    "pro",
    "app",
    "dev",
    "cloud",
    "online",
  ],
  ...[
    "tech",
    "store",
    "shop",
    "site",
    "xyz",
    "systems",
    "network",
    "digital",
    "agency",
    "company",
    "group",
    "software",
  ],
  ...[
    "test",
    "example",
    "invalid",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
  ],
  ...["onion", "alt", "svc", "consul", "k8s", "aws"],
]);

/** Countries whose two letters end names of machines far more often than names of files or of program symbols. */
const COUNTRIES: ReadonlySet<string> = new Set(
  `ae ai ar au br ca ch cl cn co cz de dk ee eg es eu fi fr gr hk hr hu ie il io ir jp ke kr kz lt lu lv mx ng nl nz pe pk pl pt ro
  ru sa se sg si sk su th tr tv tw ua uk us uy uz vn za`.split(/\s+/),
);

/** Is it a label that ends names of machines? */
export const isTopLevel = (label: string): boolean => TOP_LEVEL.has(label) || /^[a-z]{2}$/.test(label);

/** Can a word that ends so be taken for the name of a machine, wherever it stands? */
export const endsLikeHost = (label: string): boolean => TOP_LEVEL.has(label) || COUNTRIES.has(label);

/** How many labels at the end of a name are everybody's, and stay. */
export function publicLabels(labels: readonly string[]): number {
  for (let from = 0; from < labels.length; from++)
    if (PUBLIC_SUFFIXES.has(labels.slice(from).join("."))) return labels.length - from;
  return labels.length > 1 && isTopLevel(labels.at(-1)!) ? 1 : 0;
}
