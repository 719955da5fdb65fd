import type { Completeness, Localized, Workspace } from '../../model/index.ts';

/** Readings below this share are too few: 90 % by the rules for key energy users. */
const least = '0.9';
const of: Localized = { en: 'Meter readings', zh: '计量读数' };
const tooFew: Localized = { en: 'less than 90 % of the readings came', zh: '读数完整率低于90%' };
const mostNamed = 50;

interface Due {
  received: number;
  expected: number;
  /** By unit, what its meters sent and what they owed. */
  readonly units: Map<string, { received: number; expected: number }>;
}

/** Readings that came and that were due in a year, by area and every area above it. */
export class DueReadings {
  readonly #parents: ReadonlyMap<string, string | undefined>;
  readonly #areas = new Map<string, Due>();

  constructor({ city }: Workspace) {
    this.#parents = new Map(city.areas.map(({ id, parent }) => [id, parent]));
  }

  add(area: string, unit: string, received: number, expected: number): void {
    const seen = new Set<string>();
    for (let at: string | undefined = area; at !== undefined && !seen.has(at); at = this.#parents.get(at)) {
      seen.add(at);
      const due = this.#areas.get(at) ?? { received: 0, expected: 0, units: new Map() };
      this.#areas.set(at, due);
      due.received += received;
      due.expected += expected;
      const own = due.units.get(unit) ?? { received: 0, expected: 0 };
      due.units.set(unit, { received: own.received + received, expected: own.expected + expected });
    }
  }

  /** How whole the meters' sums are; a unit of which too little came is named. */
  of(area: string): Completeness | null {
    const due = this.#areas.get(area);
    if (due === undefined || due.expected === 0) return null;
    const poor = [...due.units].flatMap(([name, { received, expected }]) =>
      received * 10 < expected * 9 ? [name] : [],
    );
    const names = poor.slice(0, mostNamed);
    return {
      present: due.received,
      expected: due.expected,
      missing: names,
      of,
      least,
      ...(poor.length === 0 ? {} : { reasons: [{ reason: tooFew, count: poor.length, names }] }),
    };
  }
}
