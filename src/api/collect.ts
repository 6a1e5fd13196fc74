/** The script that collects evidence. */
export { collectScript } from "../collect/script.js";
