import type { Language, Localized } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Shaped } from './yaml-shape.ts';

/**
 * Counts names that lack one of the city's languages, and tells them once for each kind of thing and language: a
 * workspace whose translation has not begun is one warning, not a thousand.
 */
export class Translations {
  readonly #languages: readonly Language[];
  readonly #missing = new Map<
    string,
    { count: number; readonly first: Parameters<FindingList['warning']>[1] }
  >();

  constructor(languages: readonly Language[]) {
    this.#languages = languages;
  }

  /** Looks at every `{en, zh}` inside a value. `kind` names the things in a message: `names of areas`. */
  look<T>(kind: string, shaped: Shaped<T>, path: readonly PropertyKey[], value: unknown): void {
    if (isLocalized(value)) {
      for (const language of this.#languages)
        if (value[language].trim() === '') this.#count(kind, language, shaped.place(path));
    } else if (Array.isArray(value)) {
      value.forEach((each, at) => {
        this.look(kind, shaped, [...path, at], each);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) this.look(kind, shaped, [...path, key], each);
    }
  }

  #count(kind: string, language: Language, first: Parameters<FindingList['warning']>[1]): void {
    const key = `${language}\n${kind}`;
    const known = this.#missing.get(key);
    if (known === undefined) this.#missing.set(key, { count: 1, first });
    else known.count += 1;
  }

  tell(findings: FindingList): void {
    for (const [key, { count, first }] of this.#missing) {
      const [language = '', kind = ''] = key.split('\n');
      findings.warning('translation.missing', first, {
        what: `${count} ${kind} ${count === 1 ? 'has' : 'have'} no text in ${language === 'zh' ? 'Chinese (zh)' : 'English (en)'}; the first stands here`,
        why: 'city.yaml lists the language: what has no text in it is shown in the other one, marked',
        mend: 'fill in the translations, or take the language out of city.yaml',
      });
    }
  }
}

function isLocalized(value: unknown): value is Localized {
  return (
    typeof value === 'object' &&
    value !== null &&
    'en' in value &&
    'zh' in value &&
    typeof value.en === 'string' &&
    typeof value.zh === 'string' &&
    Object.keys(value).length === 2
  );
}
