import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";
import { reuseCompiled } from "./compiled.mjs";
import { watchStores } from "./stores.mjs";

/** Makes contexts whose global object is an ordinary one. Absent before Node.js 20.18. */
const ORDINARY = vm.constants?.DONT_CONTEXTIFY;

reuseCompiled();

/**
 * Jest's environment for Node, but with an ordinary global object. Jest asks for one that stands for an object of its own, so that V8 has to ask
 * Node for each `Math`, `Number` or `Infinity` that a program reads: 290 ns, of which loops have millions. Where Node knows no other way, it is
 * Jest's environment as it is.
 *
 * What Jest does for it otherwise is to empty, when a file is done, what its tests have put on the global object; here that goes with its context.
 */
export default class OrdinaryGlobals extends TestEnvironment {
  #endStores;

  /** Takes what Jest hands to each environment. */
  constructor(config, context) {
    const { createContext } = vm;
    if (ORDINARY !== undefined) vm.createContext = () => createContext(ORDINARY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    this.#endStores = watchStores();
  }

  /** Lets go of what would outlive the file. */
  async teardown() {
    this.#endStores();
    await super.teardown();
  }
}
