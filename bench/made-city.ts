import {
  type Indicator,
  indicatorSchema,
  type Observation,
  type ObservationPacker,
  type Workspace,
} from '../src/model/index.ts';

/** How large a made-up city is. The default is the size that the publishing benches are stated for: 630,000 values. */
export interface MadeCity {
  readonly indicators: number;
  readonly areas: number;
  readonly years: number;
  readonly groups: number;
}

export const statedSize: MadeCity = { indicators: 250, areas: 20, years: 20, groups: 6 };

const text = (en: string) => ({ en, zh: en });

/** A city with the wanted number of values, the same on every run. It stands for no place. Given a packer, it is packed. */
export function makeCity(
  { indicators, areas, years, groups }: MadeCity = statedSize,
  packer: Pick<ObservationPacker, 'add' | 'packed'> | null = null,
): Workspace {
  const areaIds = ['C', ...Array.from({ length: areas }, (_, at) => `D${String(at + 1).padStart(2, '0')}`)];
  const groupIds = Array.from({ length: groups - 1 }, (_, at) => `g${at + 1}`);
  const definitions: Indicator[] = [];
  const observations: Observation[] = [];
  let rows = 0;
  for (let number = 1; number <= indicators; number += 1) {
    const id = `ind${String(number).padStart(4, '0')}`;
    const unit = number % 3 === 0 ? '%' : '{person}';
    definitions.push(
      indicatorSchema.parse({
        id,
        name: text(`Made indicator ${number}`),
        unit,
        direction: number % 2 === 0 ? 'up' : 'down',
        goals: [String((number % 17) + 1)],
      }),
    );
    for (const area of areaIds)
      for (let year = 0; year < years; year += 1)
        for (const group of ['', ...groupIds]) {
          rows += 1;
          const row: Observation = {
            indicator: id,
            area,
            period: String(2003 + year),
            breakdown: group === '' ? {} : { group },
            value: madeValue(number, area, year, group, unit === '%'),
            unit,
            status: 'A',
            reason: null,
            qualifier: null,
            source: 'made',
            locator: `row ${rows}`,
            ref: null,
            note: null,
          };
          if (packer === null) observations.push(row);
          else packer.add(row);
        }
  }
  return {
    city: {
      modelcity: 1,
      id: 'madecity',
      name: text('Made city'),
      area: 'C',
      languages: ['en', 'zh'],
      areas: areaIds.map((id) =>
        id === 'C'
          ? { id, name: text('City'), kind: 'city' }
          : { id, name: text(`District ${id}`), kind: 'district', parent: 'C' },
      ),
      sources: [
        { id: 'made', title: text('Made values'), producer: text('bench'), date: '2023', licence: 'CC0' },
      ],
      dimensions: [
        { id: 'group', name: text('Group'), values: groupIds.map((id) => ({ id, name: text(id) })) },
      ],
    },
    indicators: definitions,
    observations: packer === null ? observations : packer.packed().list(),
    targets: [],
    claims: [],
    frameworks: [],
    plans: [],
    reviews: [],
  };
}

/** A value with two decimals from a small integer hash: no random numbers, so every run is the same. */
function madeValue(number: number, area: string, year: number, group: string, share: boolean): string {
  let hash = 2166136261;
  for (const letter of `${number} ${area} ${group}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  const base = ((hash >>> 0) % (share ? 7000 : 900000)) + 500;
  const cents = base + year * ((hash >>> 8) % 97) + ((hash >>> 4) % 89);
  return (cents / 100).toFixed(2);
}
