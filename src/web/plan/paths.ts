import type { Language } from '../../model/index.ts';

const part = encodeURIComponent;

/** Addresses of a plan's pages, for readers and in the office. */
export const planPath = {
  commitment: (language: Language, city: string, plan: string, id: string): string =>
    `/${language}/${part(city)}/plan/${part(plan)}/c/${part(id)}/`,
  changes: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/plan/${part(plan)}/changes/`,
  parts: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/plan/${part(plan)}/parts/`,
  office: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/`,
  letters: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/letters/`,
  letter: (language: Language, city: string, plan: string, id: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/letters/${part(id)}/`,
  oversights: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/oversight/`,
  oversight: (language: Language, city: string, plan: string, id: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/oversight/${part(id)}/`,
  edit: (language: Language, city: string, plan: string, id: string): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/commitment/${part(id)}/`,
  add: (language: Language, city: string, plan: string, parent = ''): string =>
    `/${language}/${part(city)}/office/plan/${part(plan)}/new/${parent === '' ? '' : `?parent=${part(parent)}`}`,
} as const;
