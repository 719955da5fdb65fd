import type { Language } from '../../model/index.ts';
import { address } from '../address.ts';

const part = encodeURIComponent;

/** Addresses of the audit's pages. */
export const auditAddress = {
  list: (language: Language, city: string): string => address.room(language, city, 'audit'),
  finding: (language: Language, city: string, id: string): string =>
    `${address.room(language, city, 'audit')}${part(id)}/`,
  text: (language: Language, city: string, review: string): string =>
    `${address.room(language, city, 'audit')}text/${part(review)}/`,
  annex: (language: Language, city: string): string => `${address.room(language, city, 'audit')}findings.pdf`,
} as const;
