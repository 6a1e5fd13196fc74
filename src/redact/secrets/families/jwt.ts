import type { SecretFamily } from "../types.js";

/** JSON Web Tokens (RFC 7519): a header and claims that begin with `{"`, in base64url. Registries' and service accounts' tokens are such. */
export const jwt: SecretFamily = {
  id: "jwt",
  title: "JSON Web Tokens",
  source: "https://www.rfc-editor.org/rfc/rfc7519",
  hints: ["eyj"],
  patterns: [
    { pattern: /()(?<![A-Za-z0-9])(eyJ[\w-]{8,8192}(?:\.[\w-]{4,16384}){1,4}\.?)/g },
    // Base64 of JSON that is cut, or of credentials for an Engine API (X-Registry-Auth).
    { pattern: /()(?<![A-Za-z0-9+/_-])(eyJ[\w+/-]{40,16384}={0,2})/g },
  ],
  samples: [
    {
      text: "token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
      secret: "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
    },
  ],
  near: ["eyJ is how they begin", "monkeyJungle.example.test"],
};
