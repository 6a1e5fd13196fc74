/** Zones of the world: how far local time is from UTC. */
export { zoneOffset } from "../clock/zone.js";
