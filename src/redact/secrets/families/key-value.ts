import { isAbout, isSecretValue, KEY } from "../keys.js";
import type { SecretFamily } from "../types.js";

/** The key is the end of what stands before the value. */
const accepts = (secret: string, before: string): boolean => {
  if (!isSecretValue(secret) || isAbout(before)) return false;
  // A number behind `token` counts something, and one of two digits does so nearly anywhere; behind a password others are one.
  return !/^\d{1,5}$/.test(secret) || (secret.length > 2 && /pass|pwd|pin|secret/i.test(before));
};

const QUOTED = "\\s{0,8}(?:=>|:=|[:=])\\s{0,8}";

/** Pairs of a telling key and a value: logfmt, JSON, YAML, environments, queries, settings. */
export const keyValue: SecretFamily = {
  id: "key-value",
  title: "Passwords, tokens and keys by the name of their setting",
  hints: [
    ...[
      "pass",
      "pwd",
      "secret",
      "token",
      "key",
      "credential",
      "creds",
      "session",
      "sid",
      "bearer",
      "jwt",
      "otp",
      "pin",
      "psk",
    ],
    ...["_auth", "masterauth", "connection"],
  ],
  patterns: [
    // JSON within a JSON string, and traces of it: quotes with backslashes before them.
    {
      pattern: new RegExp(
        `(${KEY}\\\\{1,7}["']${QUOTED}\\\\{1,7}["'])((?:[^"'\\\\\\r\\n]|\\\\{3}["']|\\\\{2}){1,4096})`,
        "gi",
      ),
      accepts,
    },
    { pattern: new RegExp(`(${KEY}["']?${QUOTED}")((?:[^"\\\\\\r\\n]|\\\\.){1,4096})`, "gi"), accepts },
    { pattern: new RegExp(`(${KEY}["']?${QUOTED}')((?:[^'\\\\\\r\\n]|\\\\.){1,4096})`, "gi"), accepts },
    // An environment as a list of strings: the value ends with its string.
    {
      pattern: new RegExp(
        `(["'][\\w.-]{0,64}?${KEY}=)((?:[^"'\\\\\\r\\n]|\\\\.){1,4096})(?=["'],?[\\s\\]])`,
        "gi",
      ),
      accepts,
    },
    // The whole line of a document or a settings file: values may have spaces.
    {
      pattern: new RegExp(
        `(^[ \\t]{0,64}(?:- {1,4})?["']?[\\w.-]{0,64}?${KEY}["']?[ \\t]{0,8}[:=][ \\t]{1,8})([^\\s"'|>{[#&*!][^\\r\\n"]{0,1024}?)(?=[ \\t]*(?: #[^\\r\\n]*)?$)`,
        "gim",
      ),
      accepts: (secret, before) =>
        !/\s(?:for|is|was|not|of|from|has|with|by|to|in|at)\s/i.test(secret) &&
        accepts(secret, before.trim()),
    },
    {
      pattern: new RegExp(
        `(${KEY}["']?\\s{0,4}(?:=>|:=|[=:])\\s{0,4})([^\\s"'\\\\,;&|<>(){}\\[\\]]{1,4096})`,
        "gi",
      ),
      accepts,
    },
    // Within the escaped quotes of traces, behind `%3D`.
    {
      pattern: new RegExp(`(${KEY}%3D)([^\\s"'\\\\,;&|<>]{1,4096}?)(?=%26|[\\s"'\\\\,;&|<>]|$)`, "gi"),
      accepts,
    },
    // The elements of XML.
    { pattern: new RegExp(`(<${KEY}>)([^<\\r\\n]{1,4096})(?=</)`, "gi"), accepts },
  ],
  samples: [
    { text: "level=info user=bob password=hunter2 msg=ok", secret: "hunter2" },
    { text: '{"db":{"password":"p\\"q r"}}', secret: 'p\\"q r' },
    { text: '"msg":"{\\"api_key\\":\\"k-99-ab\\"}"', secret: "k-99-ab" },
    { text: "  password: correct horse battery\n", secret: "correct horse battery" },
    { text: "- POSTGRES_PASSWORD=s3cr3t!", secret: "s3cr3t!" },
    { text: '"Env": ["DB_PASSWORD=two words", "PATH=/bin"]', secret: "two words" },
    { text: "GET /a?access_token=zzTop99&x=1 HTTP/1.1", secret: "zzTop99" },
    { text: "next=%2Fa%3Ftoken%3Dab12cd%26y%3D1", secret: "ab12cd" },
    { text: "client_secret: 'q-w-e-1'", secret: "q-w-e-1" },
    { text: "<password>letmein1</password>", secret: "letmein1" },
    { text: "spring.datasource.password = abc123", secret: "abc123" },
  ],
  near: [
    "the password reset page was opened",
    "password_file=/run/secrets/db",
    "token_type=bearer expires_in=300",
    "tokens: 512",
    "secretName: web-tls",
    'level=warn msg="invalid token" key=value',
    "password: required",
    "mapping=eth0 inside=yes",
    "secret/web-tls unchanged",
  ],
};
