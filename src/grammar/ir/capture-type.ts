import type { StampKind } from "../../model/stamp.js";

/** How a captured text becomes a value. */
export type CaptureType =
  | "text"
  | "rest"
  | "int"
  | "float"
  | "hex"
  | "ip"
  | "port"
  | "mac"
  | "duration"
  | "quoted"
  | "json"
  | "url"
  | "endpoint"
  | "host"
  | "lower"
  | "list"
  | "addresses"
  | "hexip"
  | "bool"
  | StampKind;
