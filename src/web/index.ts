export { type AppOptions, createApp } from './app.tsx';
export type { Place, RecordLog } from './place.ts';
