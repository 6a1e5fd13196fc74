export function watchStores(): () => void;
