import { type Language, languages, parseDecimal, type Rational, type Workspace } from '../../model/index.ts';
import { tellingWords } from '../check/words.ts';

/** One value of a workspace that a text can be held against. */
export interface Fact {
  readonly indicator: string;
  readonly name: string;
  readonly area: string;
  readonly period: string;
  readonly value: Rational;
  readonly text: string;
  readonly unit: string;
  readonly qualifier: string | null;
  readonly status: string;
  /** Where it stands, as a reader can open it: `observations/sdg-7.csv:12`. */
  readonly where: { readonly file: string; readonly row: number };
}

/** The values of a workspace, found by the words of their indicator. */
export interface Facts {
  readonly city: string;
  /** The area that a text of this place is about when it names none. */
  readonly area: string;
  /** Names of areas in every language, the longest first. */
  readonly areas: readonly { readonly id: string; readonly names: readonly string[] }[];
  readonly indicators: readonly NamedIndicator[];
}

export interface NamedIndicator {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly words: Readonly<Record<Language, readonly string[]>>;
  /** Values of the total, by area and period. */
  readonly facts: ReadonlyMap<string, Fact>;
}

export const factKey = (area: string, period: string): string => `${area} ${period}`;

/** The observations of a workspace as facts; `origin` says where a record stands in its folder. */
export function workspaceFacts(
  workspace: Workspace,
  origin: (address: Workspace['observations'][number]) => { readonly file: string; readonly row: number },
): Facts {
  const byIndicator = new Map<string, Map<string, Fact>>();
  const names = new Map(workspace.indicators.map((indicator) => [indicator.id, indicator]));
  for (const observation of workspace.observations) {
    const value = observation.value === null ? null : parseDecimal(observation.value);
    if (value === null || Object.keys(observation.breakdown).length > 0) continue;
    const { indicator, area, period, unit, qualifier, status } = observation;
    const facts = byIndicator.get(indicator) ?? new Map<string, Fact>();
    byIndicator.set(indicator, facts);
    facts.set(factKey(area, period), {
      indicator,
      name: names.get(indicator)?.name.en ?? indicator,
      area,
      period,
      value,
      text: observation.value ?? '',
      unit,
      qualifier,
      status,
      where: origin(observation),
    });
  }
  return {
    city: workspace.city.id,
    area: workspace.city.area,
    areas: workspace.city.areas
      .map(({ id, name }) => ({
        id,
        names: languages.flatMap((language) => namesOf(name[language])),
      }))
      .sort((a, b) => (b.names[0]?.length ?? 0) - (a.names[0]?.length ?? 0)),
    indicators: workspace.indicators.flatMap(({ id, name, unit }) => {
      const facts = byIndicator.get(id);
      return facts === undefined
        ? []
        : [
            {
              id,
              name: name.en === '' ? name.zh : name.en,
              unit,
              facts,
              words: { en: wordsOf(name.en), zh: wordsOf(name.zh) },
            },
          ];
    }),
  };
}

const wordsOf = (name: string): string[] => [
  ...new Set(tellingWords(name.replace(/[(（][^()（）]*[)）]/g, ' '))),
];

/** A name with and without the word for its kind: 松江区 and 松江. */
function namesOf(name: string): string[] {
  const bare = name.trim();
  if (bare.length < 2) return [];
  const short = bare
    .replace(/(?:区|市|县|镇|街道)$/u, '')
    .replace(/ (?:District|City|County|Town|New Area)$/, '');
  return short.length >= 2 && short !== bare ? [bare, short] : [bare];
}
