export { type Assessment, assess } from './assess.ts';
export type { Method } from './method.ts';
export { methods } from './methods.ts';
export type { Result } from './result.ts';
export type { Table } from './table.ts';
