export { knowCalls } from "./calls";
export { collect, countGrams, probeGrams } from "./hits";
export { findEnds } from "./lines";
export { place } from "./memory";
export { addHead, findOdd, forgetHeads, noteFactsAt } from "./odd";
export { probePairs, probeTwos } from "./short";
