export { type AppOptions, createApp } from './app.tsx';
export { arrange } from './explore/arrange.ts';
export { type Choice, readChoice } from './explore/choice.ts';
export type { Explored } from './explore/explored.ts';
export { LivePlaces, type PlaceChange } from './live-places.ts';
export { officeTurn } from './office/remind.ts';
export type { Place, RecordLog } from './place.ts';
export { type Door, type DoorOptions, makeDoor } from './sign-in/door.ts';
export { type Grant, holds, isRole, type Person, type Role } from './who.ts';
