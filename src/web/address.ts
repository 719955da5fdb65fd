import type { Language } from '../model/index.ts';

/** Addresses of pages. They end in `/`, so that a published site opens as folders. All parts are escaped. */
const part = encodeURIComponent;

export const address = {
  home: (language: Language): string => `/${language}/`,
  about: (language: Language): string => `/${language}/about/`,
  search: (language: Language): string => `/${language}/search/`,
  city: (language: Language, city: string): string => `/${language}/${part(city)}/`,
  /** A page of a place, by its name in the row of places. */
  room: (language: Language, city: string, room: string): string => `/${language}/${part(city)}/${room}/`,
  indicator: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/indicators/${part(id)}/`,
  figure: (language: Language, city: string, code: string): string =>
    `/${language}/${part(city)}/figures/${part(code)}/`,
  goal: (language: Language, city: string, goal: string): string =>
    `/${language}/${part(city)}/goals/${part(goal)}/`,
  district: (language: Language, city: string, area: string): string =>
    `/${language}/${part(city)}/districts/${part(area)}/`,
  framework: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/framework/${part(id)}/`,
  selection: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/plan/selection/${part(id)}/`,
  project: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/projects/${part(id)}/`,
  examination: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/examination/${part(id)}/`,
  plan: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/plan/${part(id)}/`,
  review: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/review/${part(id)}/`,
  source: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/sources/${part(id)}/`,
  chart: (language: Language, city: string, id: string): string =>
    `/${language}/${part(city)}/indicators/${part(id)}/chart.svg`,
  /** Downloads and the JSON interface. */
  api: (...parts: readonly string[]): string => `/api/${parts.map(part).join('/')}`,
  short: (code: string): string => `/f/${part(code)}`,
} as const;

/** The same page in the other language: the address with its first part exchanged. */
export function translatedPath(path: string, language: Language): string {
  return path.replace(/^\/(en|zh)(?=\/|$)/, `/${language}`);
}
