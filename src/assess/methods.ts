import { hdi } from './hdi.ts';
import type { Method } from './method.ts';
import { sdsn2019 } from './sdsn-2019.ts';
import { statcan } from './statcan.ts';

/** The methods by id, in the order in which they are listed. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [sdsn2019, statcan, hdi].map((method) => [method.id, method]),
);
