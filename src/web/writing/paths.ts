import type { Language } from '../../model/index.ts';
import type { TextName } from './read.ts';

const part = encodeURIComponent;
const textPath = ({ review, chapter, language }: TextName): string =>
  `writing/${part(review)}/${part(chapter)}/${language}/`;

/** Addresses of the office's pages for writing. */
export const writingPath = {
  board: (shown: Language, city: string, review: string): string =>
    `/${shown}/${part(city)}/office/writing/${part(review)}/`,
  opinions: (shown: Language, city: string, review: string): string =>
    `/${shown}/${part(city)}/office/writing/${part(review)}/opinions/`,
  text: (shown: Language, city: string, name: TextName, section?: string): string =>
    `/${shown}/${part(city)}/office/${textPath(name)}${section === undefined ? '' : `?section=${part(section)}`}`,
  versions: (shown: Language, city: string, name: TextName): string =>
    `/${shown}/${part(city)}/office/${textPath(name)}versions/`,
  act: (shown: Language, city: string, name: TextName, act: 'sign' | 'take' | 'remark'): string =>
    `/${shown}/${part(city)}/office/${textPath(name)}${act}/`,
  api: (city: string, name: TextName): string => `/api/office/${part(city)}/${textPath(name)}`,
} as const;
