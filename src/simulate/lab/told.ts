import type { Language, Localized } from '../../model/index.ts';
import type { ModelWords } from './words.ts';

/** A text of the model file in a language: the English wording where no translation is kept. */
export function told(text: string, words: ModelWords, language: Language): string {
  return language === 'en' ? text : Object.hasOwn(words.texts, text) ? (words.texts[text] ?? text) : text;
}

export function bothTold(text: string, words: ModelWords): Localized {
  return { en: text, zh: told(text, words, 'zh') };
}
