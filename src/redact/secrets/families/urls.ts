import type { SecretFamily } from "../types.js";

/** Passwords in URLs (RFC 3986, 3.2.1): of proxies, registries, repositories, databases and queues. */
export const urls: SecretFamily = {
  id: "urls",
  title: "Passwords in URLs",
  source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
  hints: ["://", "%3a%2f%2f", "@tcp(", "?", "&"],
  patterns: [
    {
      pattern: /(:\/\/[^\s/:@"'<>\\]{0,256}:)([^\s"'<>\\]{1,256})(?=@[\w.[-])/g,
      accepts: (secret) => !/^\d{1,5}\//.test(secret) && !/:\/\//.test(secret),
    },
    // A token in place of the user.
    { pattern: /(:\/\/)([^\s/:@"'<>\\]{16,256})(?=@[\w.[-])/g, accepts: (secret) => /\d/.test(secret) },
    { pattern: /(%3A%2F%2F[^\s/:@"'<>\\%]{0,256}(?:%3A|:))([^\s"'<>\\@&]{1,256}?)(?=%40|@)/gi },
    // Go's MySQL driver: user:password@tcp(host:3306)/db.
    { pattern: /((?:^|[\s"'=])[\w.-]{1,64}:)([^\s"'@:]{1,256})(?=@(?:tcp|unix)\()/g },
    {
      pattern:
        /([?&](?:sig|sv_sig|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|code|state|samlresponse|samlrequest|id_token_hint|ticket|hmac|auth|key|hash)=)([^\s&"'\\<>#]{8,8192})/gi,
      accepts: (secret) => /\d/.test(secret),
    },
  ],
  samples: [
    { text: "HTTP_PROXY=http://bob:hunter2@proxy.corp.test:3128", secret: "hunter2" },
    { text: "git clone https://oauth2:abc@123@git.corp.test/x.git", secret: "abc@123" },
    { text: "postgres://shop:pa/55@db:5432/shop", secret: "pa/55" },
    { text: "fatal: https://9fceb02d0ae598e9@git.corp.test/x.git", secret: "9fceb02d0ae598e9" },
    { text: "u=https%3A%2F%2Fbob%3Ahunter2%40proxy.corp.test%2F", secret: "hunter2" },
    { text: "dsn=shop:pa55@tcp(db:3306)/shop", secret: "pa55" },
    { text: "GET /b?sv=2022-11-02&sig=a%2Fb1c2d3e4f5%3D HTTP/1.1", secret: "a%2Fb1c2d3e4f5%3D" },
  ],
  near: [
    "http://registry.corp.test:5000/v2/",
    "ssh://git@git.corp.test:22/x.git",
    "https://a.test/@user",
    "http://[::1]:8080/",
  ],
};
