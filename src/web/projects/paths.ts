import type { Language } from '../../model/index.ts';

const part = encodeURIComponent;
const base = (language: Language, city: string): string => `/${language}/${part(city)}`;

/** Addresses of projects in the office, and of their photographs. */
export const projectPath = {
  office: (language: Language, city: string): string => `${base(language, city)}/office/projects/`,
  add: (language: Language, city: string, query = ''): string =>
    `${base(language, city)}/office/projects/new/${query === '' ? '' : `?${query}`}`,
  edit: (language: Language, city: string, portfolio: string, id: string): string =>
    `${base(language, city)}/office/projects/${part(portfolio)}/${part(id)}/`,
  photos: (language: Language, city: string, portfolio: string, id: string): string =>
    `${base(language, city)}/office/projects/${part(portfolio)}/${part(id)}/photos/`,
  photo: (language: Language, city: string, id: string, sha256: string): string =>
    `${base(language, city)}/projects/${part(id)}/photos/${sha256}.jpg`,
} as const;
