import type { Language } from '../../model/index.ts';

const part = encodeURIComponent;
const room = (language: Language, city: string): string => `/${language}/${part(city)}`;

/** Addresses of the pages of registers. */
export const paths = {
  hall: (language: Language, city: string): string => `${room(language, city)}/registers/`,
  register: (language: Language, city: string, id: string): string =>
    `${room(language, city)}/registers/${part(id)}/`,
  page: (language: Language, city: string, id: string, page: string): string =>
    `${room(language, city)}/registers/${part(id)}/${page}/`,
  enter: (language: Language, city: string, id: string, kind: string): string =>
    `${room(language, city)}/registers/${part(id)}/enter/${part(kind)}/`,
  case: (language: Language, city: string, id: string, number: string): string =>
    `${room(language, city)}/registers/${part(id)}/cases/${part(number)}/`,
  step: (language: Language, city: string, id: string, number: string, kind: string): string =>
    `${room(language, city)}/registers/${part(id)}/cases/${part(number)}/take/${part(kind)}/`,
  correction: (language: Language, city: string, id: string, number: string, seq: number): string =>
    `${room(language, city)}/registers/${part(id)}/cases/${part(number)}/correct/${seq}/`,
  attachment: (
    language: Language,
    city: string,
    id: string,
    number: string,
    field: string,
    name: string,
  ): string =>
    `${room(language, city)}/registers/${part(id)}/cases/${part(number)}/files/${part(field)}/${part(name)}`,
  report: (language: Language, city: string): string => `${room(language, city)}/report/`,
  follow: (language: Language, city: string): string => `${room(language, city)}/follow/`,
} as const;
