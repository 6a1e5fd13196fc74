export { knowCalls } from "./call-names";
export { collect, countGrams, probeGrams } from "./hits";
export { findEnds } from "./lines";
export { place } from "./memory";
export { addHead, countCalls, findOdd, forgetHeads, gather, noteAt } from "./odd";
export { readPackets } from "./packets";
export { probePairs, probeTwos } from "./short";
export { placeTracks } from "./track-memory";
export { follow, setKind } from "./tracks";
