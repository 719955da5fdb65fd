import type { Language } from '../../model/index.ts';

const part = encodeURIComponent;
const list = (language: Language, city: string): string => `/${language}/${part(city)}/office/selections/`;

/** Addresses of selections by a panel in the office. */
export const selectingPath = {
  list,
  add: (language: Language, city: string): string => `${list(language, city)}new/`,
  one: (language: Language, city: string, id: string): string => `${list(language, city)}${part(id)}/`,
  edit: (language: Language, city: string, id: string): string =>
    `${list(language, city)}${part(id)}/set-up/`,
  score: (language: Language, city: string, id: string, page = 1): string =>
    `${list(language, city)}${part(id)}/score/${page === 1 ? '' : `?page=${page}`}`,
} as const;
