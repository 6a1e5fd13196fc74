import { createRequire } from "node:module";
import type * as Yaml from "yaml";

/** Where the build put the package, seen from the module that this one ends up in. */
declare const __YAML__: string | undefined;

const require = createRequire(import.meta.url);
let loaded: typeof Yaml | undefined;

/**
 * The parser of YAML. It is loaded with the first document that wants it, since hardly any evidence has one, and without waiting, since
 * records are read without: a document may stand anywhere in a source.
 */
export const yamlPackage = (): typeof Yaml =>
  (loaded ??= require(typeof __YAML__ === "string" ? __YAML__ : "yaml") as typeof Yaml);
