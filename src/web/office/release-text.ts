import type { Round } from '../../plan/index.ts';
import { fill } from '../words.ts';
import type { OfficeWords } from './words.ts';

/** When what a round approved is public, in words. */
export function releaseText(round: Round, releasedAt: string | null, w: OfficeWords): string {
  if (releasedAt !== null) return fill(w.released, { when: releasedAt.slice(0, 16).replace('T', ' ') });
  if (round.release === null) return w.noEmbargo;
  return fill(w.releaseAt, { when: new Date(round.release).toISOString().slice(0, 16).replace('T', ' ') });
}
