export { type AppOptions, createApp } from './app.tsx';
export { arrange, type Choice, readChoice } from './elements/arrange.ts';
export type { Place, RecordLog } from './place.ts';
export { type Door, type DoorOptions, makeDoor } from './sign-in/door.ts';
export { type Grant, holds, isRole, type Person, type Role } from './who.ts';
