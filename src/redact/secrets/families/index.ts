import type { SecretFamily } from "../types.js";
import { authorization } from "./authorization.js";
import { cloud } from "./cloud.js";
import { commandLine } from "./command-line.js";
import { configFiles } from "./config-files.js";
import { cookies } from "./cookies.js";
import { hashes } from "./hashes.js";
import { jwt } from "./jwt.js";
import { keyValue } from "./key-value.js";
import { prefixedTokens } from "./prefixed-tokens.js";
import { privateKeys } from "./private-keys.js";
import { urls } from "./urls.js";

/** All families of secrets. A new one is one more file here. */
export const families: readonly SecretFamily[] = [
  authorization,
  cookies,
  keyValue,
  commandLine,
  urls,
  cloud,
  prefixedTokens,
  jwt,
  hashes,
  configFiles,
  privateKeys,
];
