import { stringify } from 'yaml';
import { districts, fullScale, randomOf, type SyntheticPlan, thinned } from './plan.ts';
import { sharedOut } from './random.ts';

/** Years of the made-up series: the year that is made and the two before it. */
const years = 3;
/** What the product of a year is of that of the year after, in thousandths. */
const growth = 950;

/**
 * A gross domestic product by district and year, in files of a workspace: official statistics do not come through
 * registers, and without one nothing can be told per product. The city's is the sum of its districts.
 */
export function syntheticEconomy(plan: SyntheticPlan): ReadonlyMap<string, string> {
  const random = randomOf(plan, 'economy');
  const lines = ['indicator,area,period,value,unit,source,locator'];
  let total = thinned(plan, fullScale.gdpHundredths);
  for (let at = 0; at < years; at += 1) {
    const year = plan.year - at;
    for (const [place, part] of sharedOut(random, total, districts.length).entries())
      lines.push(
        `gdp,${districts[place]?.id ?? ''},${year},${hundredths(part)},10*8.CNY,simulate-city,row ${lines.length}`,
      );
    total = Math.max(1, Math.floor((total * growth) / 1000));
  }
  const indicator = {
    id: 'gdp',
    name: { en: 'Gross domestic product (made up)', zh: '地区生产总值（虚构）' },
    definition: {
      en: 'Made up by a program at the scale that Shanghai published for 2021.',
      zh: '由程序按上海2021年公布的规模虚构。',
    },
    unit: '10*8.CNY',
    nature: 'flow',
    rollup: 'sum',
    topic: 'profile',
  };
  return new Map([
    ['indicators/economy.yaml', stringify([indicator], { lineWidth: 0 })],
    ['observations/economy.csv', `${lines.join('\n')}\n`],
  ]);
}

function hundredths(count: number): string {
  return `${Math.floor(count / 100)}.${String(count % 100).padStart(2, '0')}`;
}
