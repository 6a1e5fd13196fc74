import { Ajv, type ErrorObject } from "ajv";
import { nearest } from "./eql/problem.js";
import schema from "./rule.schema.json" with { type: "json" };
import type { Path } from "./rule-text.js";

/** Says what a value has against a schema, in sentences, with the path of each place. Empty: nothing. */
type Validate = (value: unknown) => { path: Path; message: string }[];

/** @param what the schema describes: `a rule` */
export function validator(schema: object, what: string): Validate {
  const validateSchema = new Ajv({ allErrors: true, verbose: true, strict: false }).compile(schema);
  return (value) => {
    if (validateSchema(value)) return [];
    return (validateSchema.errors ?? []).slice(0, 10).map((error) => ({
      path: pathOf(error),
      message: messageOf(error, value, what),
    }));
  };
}

/** What a rule file's value has against the schema. */
export const validate = validator(schema, "a rule");

function pathOf(error: ErrorObject): Path {
  const path: (string | number)[] = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (error.keyword === "additionalProperties") path.push(String(error.params["additionalProperty"]));
  return path;
}

function messageOf(error: ErrorObject, value: unknown, what: string): string {
  const where = pathOf(error).join(".") || what.replace(/^a /, "the ");
  switch (error.keyword) {
    case "additionalProperties": {
      const name = String(error.params["additionalProperty"]);
      const known = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
      const meant = nearest(name, known);
      return `\`${name}\` is no part of ${what} here${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
    }
    case "required":
      return `${where} needs \`${String(error.params["missingProperty"])}\``;
    case "enum":
      return `${where} must be one of ${(error.params["allowedValues"] as string[]).join(", ")}`;
    case "type":
      return value === null
        ? "the file is empty"
        : `${where} must be of type ${String(error.params["type"])}`;
    case "pattern":
      return `${where} must look like ${String(error.params["pattern"])}`;
    default:
      return `${where} ${error.message ?? "is not valid"}`;
  }
}
