import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Node's own module. An import would load all of Web Crypto as well, at every start: 8 ms. */
export const crypto = (): typeof import("node:crypto") => require("node:crypto");
