/** The project file, `.hindcast.yaml`. */
export { loadProject } from "../rules/project/load.js";
export type { Project } from "../rules/project/project.js";
export { projectRules, UnknownRule } from "../rules/project/rules.js";
export { suppressed } from "../rules/project/suppress.js";
