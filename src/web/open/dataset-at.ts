import { createHash } from 'node:crypto';
import type { OpenDataset } from '../../publish/index.ts';
import type { Catalogue } from '../catalogue.ts';

/** Open data of a place as of a position: of the state that is served, or of an earlier one from the log. */
export type DatasetAt = (here: Catalogue, asOf: number | null) => Promise<OpenDataset | null>;

/** An ETag of what an answer was made from, so that an unchanged answer need not be made. */
export function etagOf(parts: readonly (string | number)[]): string {
  return `"${createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 22)}"`;
}
