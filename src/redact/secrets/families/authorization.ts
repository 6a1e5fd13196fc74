import { isSecretValue } from "../keys.js";
import type { SecretFamily } from "../types.js";

const HEADER =
  "(?:proxy-)?authorization|x-api-key|x-auth-token|x-access-token|x-csrf-token|x-xsrf-token|x-vault-token|x-registry-auth|x-amz-security-token|x-goog-api-key|x-gitlab-token|private-token|job-token|x-session-token|x-consul-token|api-key";
const SIGN = "\\\\{0,3}[\"']?\\s{0,4}[:=]\\s{0,4}\\\\{0,3}[\"'\\[]{0,2}";
const SCHEMES =
  "(?:basic|bearer|digest|negotiate|ntlm|token|apikey|api-key|hawk|dpop|sharedkey|key|vapid|gnap|mutual|scram-sha-256|aws)";

/** Headers that prove who asks (RFC 9110, 11.6; RFC 7617, RFC 6750, RFC 7616), in any log, trace or command. */
export const authorization: SecretFamily = {
  id: "authorization",
  title: "Authorization headers",
  source: "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2",
  hints: [
    "authorization",
    "x-",
    "private-token",
    "job-token",
    "api-key",
    "response=",
    "signature=",
    "bearer ",
  ],
  patterns: [
    {
      pattern: new RegExp(
        `((?:${HEADER})${SIGN}${SCHEMES}(?:\\s{1,4}|%20|\\+))([^\\s"'\\\\<>]{4,8192})`,
        "gi",
      ),
      accepts: (secret) => !/^username=/i.test(secret) && isSecretValue(secret),
    },
    {
      pattern: new RegExp(`((?:${HEADER})${SIGN})([^\\s"'\\\\<>,;]{6,8192})`, "gi"),
      accepts: (secret) =>
        /[\d+/=_]/.test(secret) &&
        !/^(?:aws4-hmac|username=|credential=|true|false)/i.test(secret) &&
        isSecretValue(secret),
    },
    { pattern: /(\bbearer\s{1,4})([A-Za-z0-9._~+/-]{12,8192}=*)/gi, accepts: (secret) => /\d/.test(secret) },
    {
      pattern:
        /(\b(?:response|nonce|cnonce|opaque|signature)\\{0,3}["']?[=:]\s?\\{0,3}["']?)([0-9a-zA-Z+/_-]{16,1024}={0,2})/gi,
      accepts: (secret) => /\d/.test(secret) && /[a-f]/i.test(secret),
    },
    { pattern: /(\bdigest\s{1,4}username=\\{0,3}["'])([^"'\\\s]{1,256})/gi },
  ],
  samples: [
    { text: "Authorization: Basic dXNlcjpodW50ZXIy", secret: "dXNlcjpodW50ZXIy" },
    { text: "proxy-authorization: Bearer abc.DEF-123_456~x", secret: "abc.DEF-123_456~x" },
    { text: '"Authorization": ["Bearer 7f9c2ba4e88f827d"]', secret: "7f9c2ba4e88f827d" },
    { text: "curl -H 'X-Api-Key: k3yk3yk3y' http://a/", secret: "k3yk3yk3y" },
    { text: "PRIVATE-TOKEN: s3cr3tvalue", secret: "s3cr3tvalue" },
    {
      text: 'Authorization: Digest username="mufasa", realm="r", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", response="6629fae49393a05397450978507c4ef1"',
      secret: "6629fae49393a05397450978507c4ef1",
    },
    {
      text: "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/eu/s3/aws4_request, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024",
      secret: "fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024",
    },
  ],
  near: [
    "authorization failed: no basic auth credentials",
    'Www-Authenticate: Bearer realm="https://auth.corp.test/token",service="registry"',
    "authorization: denied",
    "bearer of bad news",
  ],
};
