import {
  areaOf,
  dayAfter,
  fullScale,
  instant,
  randomOf,
  type SyntheticCase,
  type SyntheticPlan,
  thinned,
} from './plan.ts';

/** An enterprise that was made before. */
export interface MadeEnterprise {
  readonly code: string;
  readonly area: string;
  /** Whether it has to disclose. */
  readonly owes: boolean;
}

const categories = ['paper', 'computers', 'furniture', 'vehicles', 'lighting', 'other'] as const;

/**
 * Annual disclosure of the enterprises that owe it, for the year that is made: what the waste register says is filled in,
 * one in forty files another weight, which is flagged; some publish late, some never, and for one in fifty nobody entered
 * that it is owed.
 */
export function* disclosureCases(
  plan: SyntheticPlan,
  enterprises: readonly MadeEnterprise[],
): Generator<SyntheticCase> {
  const random = randomOf(plan, 'disclosure');
  const register = 'disclosure';
  const next = plan.year + 1;
  const events: SyntheticCase[] = [];
  for (const { code, area, owes } of enterprises) {
    if (!owes || random.chance(20)) continue;
    const step = (kind: string, day: string, values: Record<string, string>) => ({
      kind,
      area,
      as: 'administrator' as const,
      now: instant(day, 600),
      values,
    });
    const filed = dayAfter(`${next}-02-01`, random.whole(0, 40));
    const published = dayAfter(filed, random.chance(950) ? 1 : 45);
    const differs = random.chance(25);
    const fate = random.whole(0, 999);
    yield {
      register,
      builds: true,
      steps: [
        step('due', `${next}-01-05`, { enterprise: code, year: String(plan.year) }),
        ...(fate < 970 ? [step('filed', filed, differs ? { waste_generated: '1' } : {})] : []),
        ...(fate < 940 ? [step('published', published, {})] : []),
      ],
    };
    if (random.chance(40)) {
      const arisen = dayAfter(`${plan.year}-03-01`, random.whole(0, 270));
      events.push({
        register,
        steps: [
          step('arisen', arisen, { adhoc_enterprise: code, event: 'Made up: a change of permit.' }),
          step('told', dayAfter(arisen, random.chance(900) ? 3 : 12), {}),
        ],
      });
    }
  }
  yield* events;
}

/** Public bodies that buy. */
const offices = 200;
const officeCode = (number: number): string => `SYNB${String(number).padStart(3, '0')}`;
const thin = (plan: SyntheticPlan): number => Math.min(offices, plan.thin);

/** A year of public purchases; the green part of what has a label is near the national share of 2020 (85.5 %). */
export function* purchaseCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  const random = randomOf(plan, 'purchases');
  const count = thinned(plan, fullScale.purchases);
  for (let number = 1; number <= offices; number += thin(plan))
    yield {
      register: 'organisations',
      steps: [
        {
          kind: 'body.added',
          area: areaOf(number),
          as: 'administrator',
          now: instant(`${plan.year - 2}-01-01`, 0),
          values: { code: officeCode(number), name: `Made-up office ${number}` },
        },
      ],
    };
  for (let at = 0; at < count; at += 1) {
    const signed = dayAfter(`${plan.year}-01-04`, Math.floor((at * 355) / count));
    const area = areaOf(random.whole(0, 15));
    const office = random.whole(1, offices);
    const isListed = (office - 1) % thin(plan) === 0;
    yield {
      register: 'green-procurement',
      steps: [
        {
          kind: 'bought',
          area,
          as: 'administrator',
          now: instant(signed, 900),
          values: {
            ocid: `ocds-synthetic-${plan.year}-${at + 1}`,
            buyer: `Made-up office ${office}`,
            ...(isListed ? { buyer_body: officeCode(office) } : {}),
            category: random.pick(categories),
            amount: `${random.whole(2_000, 900_000)}.00`,
            green: random.chance(855) ? (random.chance(970) ? 'national' : 'eu') : 'none',
            signed_on: signed,
          },
        },
      ],
    };
  }
}
