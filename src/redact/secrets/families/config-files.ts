import type { SecretFamily } from "../types.js";

const BASE64 = "[A-Za-z0-9+/]";

/** Credentials in files of well-known programs, by the places that these files give them. */
export const configFiles: SecretFamily = {
  id: "config-files",
  title:
    "Docker's config.json, kubeconfig, .netrc, .pgpass, WireGuard, SNMP, wpa_supplicant, network devices",
  hints: [
    'auth"',
    "auth\\",
    "identitytoken",
    "-data:",
    '-data"',
    "machine ",
    "presharedkey",
    "privatekey",
    "preshared key",
    "private key",
    "community",
    "psk=",
    "psk ",
    ":5432:",
    "password 7",
    "secret 5",
    "snmp",
  ],
  patterns: [
    // ~/.docker/config.json (docker/cli, config/types/authconfig.go).
    { pattern: /("(?:auth|identitytoken|registrytoken)"\s{0,8}:\s{0,8}")([A-Za-z0-9+/=._-]{4,8192})(?=")/g },
    {
      pattern:
        /(\\{1,3}"(?:auth|identitytoken|registrytoken)\\{1,3}"\s{0,8}:\s{0,8}\\{1,3}")([A-Za-z0-9+/=._-]{4,8192})/g,
    },
    // kubeconfig: keys of clients; certificates are none, but name their owner.
    {
      pattern: new RegExp(
        `(\\bclient-(?:key|certificate)-data"?\\s{0,4}:\\s{0,4}"?)(${BASE64}{16,16384}={0,2})`,
        "g",
      ),
    },
    { pattern: /(\bmachine\s{1,8}\S{1,253}\s{1,8}login\s{1,8}\S{1,128}\s{1,8}password\s{1,8})(\S{1,256})/g },
    { pattern: /(^[^\s:#]{1,253}:(?:\d{1,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:)([^\s:]{1,256})$/gm },
    // wg(8): 32 bytes in base64. Public keys name nobody's secret.
    {
      pattern: new RegExp(
        `(\\b(?:PrivateKey|PresharedKey|private key|preshared key)\\s{0,4}[:=]\\s{0,4})(${BASE64}{42,43}={0,2})`,
        "gi",
      ),
    },
    {
      pattern:
        /(\b(?:rocommunity6?|rwcommunity6?|snmp-server community|community(?:\s?string)?|com2sec\s{1,8}\S{1,64}\s{1,8}\S{1,64})\s{0,4}["=:]?\s{0,4}"?)([^\s"',;]{2,64})/gi,
      accepts: (secret) => /\d/.test(secret) || /^(?:public|private)$/i.test(secret),
    },
    { pattern: /(\bpsk\s{0,4}=\s{0,4}"?)([^"\s]{8,64})/g },
    // Cisco's passwords, also in their reversible form.
    { pattern: /(\b(?:password|secret|key-string|md5) (?:[0-9]) )([\w$./]{4,128})/g },
  ],
  samples: [
    { text: '{"auths":{"registry.corp.test":{"auth":"Ym9iOmh1bnRlcjI="}}}', secret: "Ym9iOmh1bnRlcjI=" },
    { text: `    client-key-data: ${"LS0tLS1C".repeat(6)}==`, secret: "LS0tLS1CLS0tLS1C" },
    { text: "machine git.corp.test login bob password hunter2", secret: "hunter2" },
    { text: "db.corp.test:5432:shop:bob:hunter2", secret: "hunter2" },
    {
      text: "PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
      secret: "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk",
    },
    { text: "rocommunity s3cr3tcomm 10.0.0.0/8", secret: "s3cr3tcomm" },
    { text: 'psk="ohne Kabel 1"'.replaceAll(" ", ""), secret: "ohneKabel1" },
    { text: "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", secret: "hx5rVt7rPNoS4wqbXKX7m0" },
  ],
  near: [
    "community edition",
    "PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
    "machine learning",
    "auth failed",
  ],
};
