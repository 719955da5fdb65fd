import { inLanguage } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';
import { type CityModel, type SheetVariable, shownColumn, shownValue, told } from '../../simulate/index.ts';
import { fill } from '../words.ts';
import { scenarioWords } from './words.ts';

/** Whether a number was measured here, in a mark and a word; what is computed has no status of its own. */
export function statusText({ status }: Pick<SheetVariable, 'status'>, language: Language): string {
  const t = scenarioWords[language];
  return status === null ? t.computed : t[status];
}

export const statusMark = { measured: '●', literature: '◐', assumed: '○' } as const;

/** Where a number comes from. What the model's file measured of another place is told as taken over. */
export function sourceText(model: CityModel, key: string, language: Language): string {
  const about = model.annotations.get(key);
  if (about?.source === undefined) return '';
  const text = told(about.source, model.words, language);
  const { borrowed } = model.history;
  const variable = model.sheet.variables.find((one) => one.key === key);
  if (isSetHere(model, key)) return inLanguage(model.sheet.source, language) + note(model, language);
  return borrowed !== undefined && about.status === 'measured' && variable?.status === 'assumed'
    ? `${fill(scenarioWords[language].borrowed, { place: inLanguage(borrowed, language) })}${text}`
    : text;
}

function note({ history }: CityModel, language: Language): string {
  return history.borrowed === undefined
    ? ''
    : language === 'zh'
      ? '（数量级，假定）'
      : ' (order of magnitude, assumed)';
}

function isSetHere({ history }: CityModel, key: string): boolean {
  return Object.keys(history.values).some(
    (name) =>
      name
        .replace(/\[.*$/, '')
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '_') === key,
  );
}

/** The values of a variable in a year of a run, the baseline where none is given, one an element, with the unit. */
export function valuesText(
  { lab }: CityModel,
  { elements }: SheetVariable,
  year: number,
  language: Language,
  table = lab.baseline,
): { readonly text: string; readonly unit: string } {
  const shown = elements.map(({ column }) => ({ shown: shownColumn(lab, column, language), column }));
  return {
    text: shown.map(({ shown: one, column }) => shownValue(one, lab.at(table, column, year))).join(' · '),
    unit: shown[0]?.shown.unit.text ?? '',
  };
}
