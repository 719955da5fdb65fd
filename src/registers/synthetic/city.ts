import { stringify } from 'yaml';
import { syntheticEconomy } from './economy.ts';
import { districts, fullScale, type SyntheticPlan, syntheticArea, thinned } from './plan.ts';

/** The files of a made-up city's workspace, by path: a head that says what it is, and a product. All else comes through registers. */
export function syntheticFiles(plan: SyntheticPlan): ReadonlyMap<string, string> {
  return new Map([['city.yaml', syntheticCity(plan)], ...syntheticEconomy(plan)]);
}

/** Its head. */
export function syntheticCity(plan: SyntheticPlan): string {
  const { seed, thin } = plan;
  const en = `Made by a program (modelcity simulate-city, seed ${seed}${thin === 1 ? '' : `, one in ${thin}`}). Nothing here was observed.`;
  const zh = `由程序生成（modelcity simulate-city，种子${seed}${thin === 1 ? '' : `，抽取1/${thin}`}），并非实测数据。`;
  return stringify(
    {
      modelcity: 1,
      id: 'synthetic-city',
      name: { en: 'Synthetic city', zh: '合成城市' },
      promise: {
        en: `A city to try things on: ${thinned(plan, fullScale.points)} collection points, ${thinned(plan, fullScale.complaints)} complaints, ${thinned(plan, fullScale.accounts)} carbon accounts, all made up at the scale that Shanghai has published.`,
        zh: `供试用的城市：${thinned(plan, fullScale.points)}个投放点、${thinned(plan, fullScale.complaints)}件投诉、${thinned(plan, fullScale.accounts)}个碳账户，均按上海公布的规模虚构。`,
      },
      synthetic: { en, zh },
      area: syntheticArea,
      languages: ['en', 'zh'],
      areas: [
        { id: syntheticArea, name: { en: 'Synthetic city', zh: '合成城市' }, kind: 'city' },
        ...districts.map(({ id, number }) => ({
          id,
          name: { en: `Synthetic district ${number}`, zh: `合成第${number}区` },
          kind: 'district',
          parent: syntheticArea,
        })),
      ],
      sources: [
        {
          id: 'simulate-city',
          title: { en: `Synthetic records, seed ${seed}`, zh: `合成记录，种子${seed}` },
          producer: { en: 'A program: modelcity simulate-city', zh: '程序：modelcity simulate-city' },
          date: 'undated',
          licence: 'CC0-1.0',
        },
      ],
    },
    { lineWidth: 0 },
  );
}
