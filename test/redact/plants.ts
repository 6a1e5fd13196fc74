/** Secrets to be planted in evidence, and what must not be left of them. The same each time. */

export interface Plant {
  kind: string;
  /** As a log or a person writes it. */
  text: string;
  /** What must be found nowhere. */
  secrets: string[];
}

let state = 7;
/** A number from 0 to 1 that follows from the one before it (mulberry32). */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const LOWER = "abcdefghijkmnpqrstuvwxyz";
const DIGITS = "23456789";
const MIXED = `${LOWER}${LOWER.toUpperCase()}${DIGITS}`;
const some = (characters: string, length: number): string =>
  Array.from({ length }, () => characters[Math.floor(chance() * characters.length)]).join("");
/** A secret that has a digit and a letter for certain. */
const secret = (length: number, characters = MIXED) => `q7${some(characters, length - 2)}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const bare = (text: string) => text.replace(/=+$/, "");

const KINDS: Record<string, () => Omit<Plant, "kind">> = {
  "basic authorization": () => {
    const [password, credentials] = ((word) => [word, base64(`deploy:${word}`)] as const)(secret(11));
    return { text: `Authorization: Basic ${credentials}`, secrets: [password, bare(credentials)] };
  },
  "bearer token": () => one(secret(32), (it) => `Authorization: Bearer ${it}`),
  "proxy authorization": () => one(base64(`p:${secret(9)}`), (it) => `Proxy-Authorization: Basic ${it}`),
  "api key header": () => one(secret(24), (it) => `X-Api-Key: ${it}`),
  cookie: () => one(secret(26), (it) => `Cookie: sid=${it}; theme=dark`),
  "set-cookie": () => one(secret(26), (it) => `Set-Cookie: session=${it}; Path=/; HttpOnly`),
  "password pair": () => one(secret(10), (it) => `user=deploy password=${it} retry=3`),
  "password in JSON": () => one(secret(10), (it) => `{"user":"deploy","password":"${it}"}`),
  "client secret": () => one(secret(20), (it) => `client_secret=${it}`),
  "environment of a database": () => one(secret(12), (it) => `POSTGRES_PASSWORD=${it}`),
  "option --password": () => one(secret(10), (it) => `docker login --password ${it} registry.corp.test`),
  "option -p of docker": () => one(secret(10), (it) => `docker login -u deploy -p ${it} registry.corp.test`),
  "option -p of mysql": () => one(secret(10), (it) => `mysql -h db.corp.test -p${it} shop`),
  "option -u of curl": () =>
    one(secret(10), (it) => `curl -fsS -u deploy:${it} https://registry.corp.test/v2/`),
  "option --requirepass": () => one(secret(12), (it) => `redis-server --requirepass ${it}`),
  "password piped into a login": () =>
    one(secret(12), (it) => `echo ${it} | docker login -u deploy --password-stdin`),
  "password in a URL": () => one(secret(10), (it) => `proxy http://deploy:${it}@proxy.corp.test:3128 used`),
  "password in an escaped URL": () =>
    one(secret(10), (it) => `next=https%3A%2F%2Fdeploy%3A${it}%40git.corp.test%2Fx`),
  "database URL": () => one(secret(14), (it) => `postgres://shop:${it}@db.corp.test:5432/shop`),
  "token in a query": () => one(secret(18), (it) => `GET /v2/token?access_token=${it}&scope=pull HTTP/1.1`),
  "AWS key id": () =>
    one(`AKIA${some("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`, (it) => `using ${it} for s3`),
  "AWS secret key": () => one(some(`${MIXED}/+`, 40), (it) => `aws_secret_access_key = ${it}`),
  "Azure account key": () =>
    one(
      `${some(`${MIXED}+/`, 86)}==`,
      (it) => `AccountName=shop;AccountKey=${it};EndpointSuffix=core.windows.net`,
    ),
  "shared access signature": () =>
    one(secret(40), (it) => `GET /c/b?sv=2022-11-02&sr=b&sig=${it}%3D HTTP/1.1`),
  "Google API key": () => one(`AIza${some(`${MIXED}_-`, 35)}`, (it) => `maps key ${it} refused`),
  "service account of Google": () =>
    one(
      some(MIXED, 64),
      (it) =>
        `{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\n${it}\\n-----END PRIVATE KEY-----\\n"}`,
    ),
  "GitHub token": () => one(`ghp_9${some(MIXED, 35)}`, (it) => `remote: invalid ${it}`),
  "GitLab token": () => one(`glpat-9${some(MIXED, 19)}`, (it) => `clone with ${it} failed`),
  "Slack token": () => one(`xoxb-1765-1987-${some(MIXED, 24)}`, (it) => `notify via ${it}`),
  "Stripe key": () => one(`sk_live_4${some(MIXED, 23)}`, (it) => `charge with ${it}`),
  "npm token": () => one(`npm_9${some(MIXED, 35)}`, (it) => `publish as ${it}`),
  "Docker Hub token": () => one(`dckr_pat_9${some(MIXED, 26)}`, (it) => `pull with ${it}`),
  "swarm join token": () =>
    one(
      `SWMTKN-1-${some(`${LOWER}${DIGITS}`, 50)}-${some(`${LOWER}${DIGITS}`, 25)}`,
      (it) => `docker swarm join ${it} 10.1.2.3:2377`,
    ),
  "web token": () =>
    one(`eyJhbGciOiJIUzI1NiJ9.eyJ${some(MIXED, 40)}.${some(MIXED, 43)}`, (it) => `jwt ${it} expired`),
  "docker config": () => {
    const [password, credentials] = ((word) => [word, base64(`deploy:${word}`)] as const)(secret(11));
    return {
      text: `{"auths":{"registry.corp.test":{"auth":"${credentials}"}}}`,
      secrets: [password, bare(credentials)],
    };
  },
  kubeconfig: () => one(some(`${MIXED}+/`, 80), (it) => `client-key-data: ${it}`),
  "bcrypt hash": () => one(some(`${MIXED}./`, 53), (it) => `deploy:$2y$05$${it}`),
  "shadow line": () => one(some(`${MIXED}./`, 86), (it) => `deploy:$6$saltsalt$${it}:19600:0:99999:7:::`),
  "WireGuard key": () => one(some(`${MIXED}+/`, 43), (it) => `PrivateKey = ${it}=`),
  "SNMP community": () => one(secret(9), (it) => `snmpwalk -v2c -c ${it} 10.1.2.3`),
  netrc: () => one(secret(12), (it) => `machine git.corp.test login deploy password ${it}`),
  "Vault token": () => one(`hvs.9${some(MIXED, 30)}`, (it) => `vault said ${it}`),
};

const one = (it: string, text: (it: string) => string) => ({ text: text(it), secrets: [it] });

/** Five of each kind. */
export const PLANTS: readonly Plant[] = Object.entries(KINDS).flatMap(([kind, make]) =>
  Array.from({ length: 5 }, () => ({ kind, ...make() })),
);

const STAMP = (i: number) => `2026-11-22T03:52:${String(i % 60).padStart(2, "0")}`;
const cString = (text: string) => JSON.stringify(`${text}\n`);
const key = (lines: number) => Array.from({ length: lines }, () => some(`${MIXED}+/`, 64));

/** Each text format as a file with a line for each plant. */
export const FORMATS: Record<string, (plants: readonly Plant[]) => string> = {
  "journal.txt": (plants) =>
    lines(plants, ({ text }, i) => `Nov 22 03:52:${String(i % 60).padStart(2, "0")} web1 app[812]: ${text}`),
  "syslog.log": (plants) => lines(plants, ({ text }, i) => `<14>1 ${STAMP(i)}.120Z web1 app 812 - - ${text}`),
  "web1-json.log": (plants) =>
    lines(plants, ({ text }, i) =>
      JSON.stringify({ log: `${text}\n`, stream: "stdout", time: `${STAMP(i)}.5Z` }),
    ),
  "app.logfmt": (plants) =>
    lines(plants, ({ text }, i) => `time="${STAMP(i)}Z" level=info msg=${JSON.stringify(text)}`),
  "app.jsonl": (plants) =>
    lines(plants, ({ text }, i) => JSON.stringify({ ts: `${STAMP(i)}Z`, level: "info", msg: text })),
  "app.strace": (plants) =>
    lines(
      plants,
      ({ text }, i) =>
        `812 03:52:${String(i % 60).padStart(2, "0")}.5 write(2, ${cString(text)}, ${text.length + 1}) = ${text.length + 1}`,
    ),
  "dump.txt": (plants) =>
    lines(
      plants,
      ({ text }, i) =>
        `03:52:${String(i % 60).padStart(2, "0")}.123456 IP 10.1.2.3.40112 > 10.1.2.4.80: Flags [P.], seq 1:90, ack 1, win 502, length 89: HTTP\nE..Y..@.@.4...........P....${text}\n`,
    ),
  bash_history: (plants) => lines(plants, ({ text }) => text),
};

const lines = (plants: readonly Plant[], line: (plant: Plant, i: number) => string) =>
  `${plants.map(line).join("\n")}\n`;

/** Files that hold secrets in ways of their own, and these secrets. */
export function documents(): { files: Record<string, string>; secrets: string[] } {
  const words = Array.from({ length: 8 }, () => secret(14));
  const [a, b, c, d, e, f, g, h] = words as [string, string, string, string, string, string, string, string];
  const [pem, logged] = [key(6), key(6)];
  const files = {
    "docker_inspect.json": JSON.stringify(
      [
        {
          Id: "b3a5".repeat(16),
          Name: "/shop-db-1",
          Config: {
            Env: [`DB_PASSWORD=${a} ${b}`, "PATH=/usr/bin"],
            Cmd: ["redis-server", "--requirepass", c],
          },
        },
      ],
      null,
      4,
    ),
    "compose.yaml": `services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${d}\n      - MYSQL_ROOT_PASSWORD=${e}\n`,
    "secret.yaml": `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web-tls\ndata:\n  anything: ${base64(f)}\nstringData:\n  other: ${g}\n`,
    "secret.json": JSON.stringify({ kind: "Secret", data: { config: base64(h) } }, null, 2),
    "id_rsa.pem": `-----BEGIN OPENSSH PRIVATE KEY-----\n${pem.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`,
    "key-in.log": ["-----BEGIN RSA PRIVATE KEY-----", ...logged, "-----END RSA PRIVATE KEY-----"]
      .map((line, i) => `Nov 22 03:52:0${i} web1 app[812]: ${line}\n`)
      .join(""),
  };
  return { files, secrets: [...words, bare(base64(f)), bare(base64(h)), ...pem, ...logged] };
}
