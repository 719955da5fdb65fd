import { registerWords } from './words.ts';

export const tooMany = { en: registerWords.en.tooMany, zh: registerWords.zh.tooMany };
