/** Thrown when packed evidence breaks off or is damaged; what came before it has been delivered. */
export class PackingError extends Error {}
