import type { Fields } from "../../model/event.js";
import type { HttpHead } from "./head.js";

/** The fields that an `http.message` has of its own, whoever saw it. */
export const httpFields = (head: HttpHead): Fields =>
  head.kind === "request"
    ? { "network.protocol": "http", "http.request.method": head.method, "url.original": head.target }
    : { "network.protocol": "http", "http.response.status_code": head.status };
