export { type AppOptions, createApp } from './app.tsx';
export { arrange, type Choice, readChoice } from './elements/arrange.ts';
export { LivePlaces, type PlaceChange } from './live-places.ts';
export type { Place, RecordLog } from './place.ts';
export { type Grant, holds, type Person, type Role } from './who.ts';
