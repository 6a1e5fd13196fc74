export { knowCalls } from "./calls";
export { collect, countGrams, probeGrams } from "./hits";
export { findEnds } from "./lines";
export { place } from "./memory";
export { addHead, findOdd, forgetHeads, tellCallsAt } from "./odd";
export { probePairs, probeTwos } from "./short";
