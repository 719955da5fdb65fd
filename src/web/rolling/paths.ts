import type { Language } from '../../model/index.ts';

const part = encodeURIComponent;

/** Addresses of the rolling assessment of a plan. */
export const rollingPath = {
  page: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/plan/${part(plan)}/rolling/`,
  office: (language: Language, city: string, plan: string): string =>
    `/${language}/${part(city)}/office/rolling/${part(plan)}/`,
} as const;
