import type { SecretFamily } from "../types.js";

/**
 * Private keys on one line: in JSON, in an environment, with `\n` written out. Keys over several lines are taken by
 * {@link ../key-blocks.ts}. Labels as in RFC 7468, RFC 4880 and OpenSSH's PROTOCOL.key.
 */
export const privateKeys: SecretFamily = {
  id: "private-keys",
  title: "Private keys: PEM, OpenSSH, PGP, PuTTY",
  source: "https://www.rfc-editor.org/rfc/rfc7468",
  hints: ["private key", "private%20key", "putty-user-key", "ls0tls1crudjti"],
  patterns: [
    { pattern: /(-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----)([^-\r\n"']{16,65536})/g },
    // The same once more in base64: what a Secret of Kubernetes or a variable of a pipeline holds.
    { pattern: /()(?<![A-Za-z0-9+/])(LS0tLS1CRUdJTi[A-Za-z0-9+/]{24,131072}={0,2})/g },
  ],
  samples: [
    {
      text: '"key": "-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn\\n-----END RSA PRIVATE KEY-----\\n"',
      secret: "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn",
    },
    {
      text: "tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJn",
      secret: "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJn",
    },
  ],
  near: [
    "no private key was found",
    "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ",
  ],
};
