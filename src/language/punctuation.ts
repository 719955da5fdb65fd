import type { Language } from '../model/index.ts';

/** Marks between parts of a text. Chinese ones are full-width and bring their own space. */
const marks = {
  en: { colon: ': ', comma: ', ', list: ', ', sentence: ' ', open: ' (', close: ')' },
  zh: { colon: '：', comma: '，', list: '、', sentence: '', open: '（', close: '）' },
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** Between a label and what it is about. */
export const colon = (language: Language): string => marks[language].colon;
/** Between parts of one naming. */
export const comma = (language: Language): string => marks[language].comma;
/** Between items of a list: `north, south`, `北、南`. */
export const listMark = (language: Language): string => marks[language].list;
/** Between two sentences of a paragraph: a space, and nothing in Chinese. */
export const betweenSentences = (language: Language): string => marks[language].sentence;

/** A label before what it is about: `Source: …`, `来源：…`. */
export const labelled = (label: string, language: Language): string => `${label}${colon(language)}`;

/** Parts of one naming, one after the other: `Energy use, Shanghai, 2021`, `能耗，上海市，2021年`. Empty ones are left out. */
export const inARow = (parts: readonly string[], language: Language): string =>
  parts.filter((part) => part !== '').join(comma(language));

/** A remark in brackets behind what it is about, with its space: ` (provisional)`, `（初步数）`. */
export const inBrackets = (text: string, language: Language): string =>
  `${marks[language].open}${text}${marks[language].close}`;
