import type { Language } from '../../model/index.ts';
import { address } from '../address.ts';

/** Addresses of the scenario pages of a place. */
export const scenarioPath = {
  page: (language: Language, city: string, page = ''): string =>
    `${address.room(language, city, 'scenarios')}${page === '' || page === 'lab' ? '' : `${page}/`}`,
  named: (language: Language, city: string, id: string): string =>
    `${address.room(language, city, 'scenarios')}named/${encodeURIComponent(id)}/`,
  part: (language: Language, city: string, group: string): string =>
    `${address.room(language, city, 'scenarios')}model/${encodeURIComponent(group.replaceAll(' ', '-'))}/`,
  equation: (language: Language, city: string, key: string): string =>
    `${address.room(language, city, 'scenarios')}equations/#${encodeURIComponent(key)}`,
  figure: (language: Language, city: string, code: string): string =>
    `${address.room(language, city, 'scenarios')}figures/${encodeURIComponent(code)}/`,
  /** The model as a script; one a place, for both languages. */
  script: (city: string, hash: string): string =>
    `/models/${encodeURIComponent(city)}-${hash.slice(0, 10)}.js`,
  csv: (language: Language, city: string): string =>
    `${address.room(language, city, 'scenarios')}results.csv`,
  namedCsv: (language: Language, city: string, id: string): string =>
    `${address.room(language, city, 'scenarios')}named/${encodeURIComponent(id)}/results.csv`,
} as const;
