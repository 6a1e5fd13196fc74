import type { SecretFamily } from "../types.js";

/** Cookies of requests and responses (RFC 6265): all of the line, since any of them may be a session. */
export const cookies: SecretFamily = {
  id: "cookies",
  title: "Cookies",
  source: "https://www.rfc-editor.org/rfc/rfc6265",
  hints: ["cookie", "phpsessid", "jsessionid", "asp.net_sessionid", "connect.sid"],
  patterns: [
    {
      pattern: /(\b(?:set-)?cookie2?\\{0,3}["']?\s{0,4}:\s{0,4}\\{0,3}["'[]{0,2})([^\r\n"'\\]{3,8192})/gi,
      accepts: (secret) => secret.includes("="),
    },
    {
      pattern: /(\b(?:set_)?cookies?\\{0,3}["']?=\\{0,3}["']?)([^\s"'\\,]{6,8192})/gi,
      accepts: (secret) => /\d/.test(secret),
    },
    { pattern: /(\b(?:phpsessid|jsessionid|asp\.net_sessionid|connect\.sid)=)([^\s;"'\\&,]{6,512})/gi },
  ],
  samples: [
    { text: "Cookie: session=8f14e45fceea167a; theme=dark", secret: "8f14e45fceea167a" },
    { text: "set-cookie: id=a3fWa; Path=/; HttpOnly", secret: "a3fWa" },
    {
      text: "GET /a;jsessionid=1A530637289A03B07199A44E8D531427 HTTP/1.1",
      secret: "1A530637289A03B07199A44E8D531427",
    },
    { text: 'msg=login cookie="u=4711abc"', secret: "4711abc" },
  ],
  near: ["the cookie banner was shown", "syn cookies: sending cookies", "cookie: none"],
};
