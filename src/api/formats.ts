/** The formats that are read by decoders instead of grammars, as people are told of them. */
export { descriptions } from "../decode/descriptions/index.js";
