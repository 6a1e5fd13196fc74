export { collect, countGrams, probeGrams, probePairs } from "./hits";
export { findEnds } from "./lines";
export { place } from "./memory";
export { addHead, findOdd, forgetHeads } from "./odd";
