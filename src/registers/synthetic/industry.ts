import type { MadeEnterprise } from './openness.ts';
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
import { sharedOut, thousandths } from './random.ts';
import { placeOf } from './waste.ts';

const months = 12;
/** About 20 t a manifest, as a lorry takes. */
const manifestKilograms = 20_000;

/** The enterprises of all registers. */
export function* enterpriseCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  for (const { made } of enterprises(plan)) yield made;
}

/** Who of them owes disclosure. */
export function madeEnterprises(plan: SyntheticPlan): readonly MadeEnterprise[] {
  return [...enterprises(plan)].map(({ enterprise: each }) => each);
}

function* enterprises(
  plan: SyntheticPlan,
): Generator<{ readonly enterprise: MadeEnterprise; readonly made: SyntheticCase }> {
  const random = randomOf(plan, 'enterprises');
  const count = thinned(plan, Math.max(fullScale.hazardousProducers, fullScale.accounts));
  const sectors = ['steel', 'chemicals', 'power', 'vehicles', 'electronics', 'pharmaceuticals'];
  for (let at = 0; at < count; at += 1) {
    const values = {
      code: enterprise(at),
      name: `Made-up enterprise ${at + 1}`,
      sector: random.pick(sectors),
      place: placeOf(random),
      key_discharger: random.chance(400) ? 'yes' : 'no',
      makes_hazardous_waste: at < thinned(plan, fullScale.hazardousProducers) ? 'yes' : 'no',
    };
    yield {
      enterprise: { code: values.code, area: areaOf(at), owes: values.key_discharger === 'yes' },
      made: {
        register: 'organisations',
        steps: [
          {
            kind: 'enterprise.added',
            area: areaOf(at),
            as: 'administrator',
            now: instant(`${plan.year - 2}-01-01`, 0),
            values,
          },
        ],
      },
    };
  }
}

const enterprise = (at: number): string => `SYN${String(at + 1).padStart(5, '0')}`;

/** A year of hazardous waste: generated month by month, sent on by manifests, received, treated; the rest is stored. */
export function* hazardousCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  const random = randomOf(plan, 'hazardous');
  const register = 'hazardous-waste';
  const producers = thinned(plan, fullScale.hazardousProducers);
  const [plants, carriers] = [10, 20];
  const first = instant(`${plan.year}-01-01`, 0);
  const added = (kind: string, code: string, name: string, at: number): SyntheticCase => ({
    register,
    steps: [
      { kind: `${kind}.added`, area: areaOf(at), as: 'administrator', now: first, values: { code, name } },
    ],
  });
  for (let at = 0; at < plants; at += 1) yield added('plant', `L${at + 1}`, `Licensed plant ${at + 1}`, at);
  for (let at = 0; at < carriers; at += 1) yield added('carrier', `H${at + 1}`, `Carrier ${at + 1}`, at);
  const ofMonth = sharedOut(random, Math.round(fullScale.hazardousKilograms / plan.thin), months);
  for (const [month, kilograms] of ofMonth.entries()) {
    const begin = `${plan.year}-${String(month + 1).padStart(2, '0')}-01`;
    const atPlants = Array.from({ length: plants }, () => 0);
    for (const [at, weight] of sharedOut(random, kilograms, producers).entries()) {
      const area = areaOf(at);
      yield {
        register,
        steps: [
          {
            kind: 'generated',
            area,
            as: 'administrator',
            now: instant(begin, 600),
            values: {
              producer: enterprise(at),
              origin: 'production',
              generated: thousandths(weight),
              generated_on: begin,
            },
          },
        ],
      };
      // Nineteen parts of twenty are sent on; the rest is stored and carried over.
      const sent = Math.floor((weight * 19) / 20);
      const manifests = Math.max(1, Math.round(sent / manifestKilograms));
      for (const load of sharedOut(random, sent, manifests)) {
        if (load === 0) continue;
        const plant = random.whole(0, plants - 1);
        const day = dayAfter(begin, random.whole(1, 24));
        // One in a hundred arrives a quarter lighter, which the register flags.
        const received = random.chance(10)
          ? Math.floor((load * 3) / 4)
          : load - random.whole(0, Math.floor(load / 200));
        atPlants[plant] = (atPlants[plant] ?? 0) + Math.min(load, received);
        yield {
          register,
          steps: [
            {
              kind: 'created',
              area,
              as: 'administrator',
              now: instant(day, 480),
              values: {
                sender: enterprise(at),
                manifest_carrier: `H${random.whole(1, carriers)}`,
                receiver: `L${plant + 1}`,
                waste_code: random.pick(['900-041-49', '900-249-08', '336-064-17', '900-039-49']),
                intended: random.chance(360) ? 'utilised' : 'disposed',
                sent: thousandths(load),
              },
            },
            {
              kind: 'collected',
              area,
              as: 'administrator',
              now: instant(day, 600),
              values: { collected_on: instant(day, 590), vehicle: `SYN-${random.whole(1, 86)}` },
            },
            {
              kind: 'received',
              area,
              as: 'administrator',
              now: instant(dayAfter(day, 1), 600),
              values: { received_on: instant(dayAfter(day, 1), 590), received: thousandths(received) },
            },
          ],
        };
      }
    }
    for (const [plant, held] of atPlants.entries())
      for (const [way, share] of [
        ['utilised', 36],
        ['disposed', 60],
      ] as const) {
        const treated = Math.floor((held * share) / 100);
        const day = dayAfter(begin, 27);
        if (treated > 0)
          yield {
            register,
            steps: [
              {
                kind: 'treated',
                area: areaOf(plant),
                as: 'administrator',
                now: instant(day, 1000),
                values: {
                  treating_plant: `L${plant + 1}`,
                  way,
                  treated: thousandths(treated),
                  treated_on: day,
                },
              },
            ],
          };
      }
  }
}

/** The carbon cycle of 2019, the newest year of which report, surrender and cap on offsets are all declared: allocation, report, verification, trade, surrender, clearance. */
export function* carbonCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  const random = randomOf(plan, 'carbon');
  const register = 'carbon';
  const accounts = thinned(plan, fullScale.accounts);
  for (const year of [2019]) {
    let next = 1;
    const cycles: SyntheticCase[] = [];
    for (let at = 0; at < accounts; at += 1) {
      const area = areaOf(at);
      const code = enterprise(at);
      const allocated = random.whole(20_000, 900_000);
      const verified = Math.floor((allocated * random.whole(880, 1000)) / 1000);
      const serials = (from: number, count: number): string => `SYN-${year}:${from}-${from + count - 1}`;
      const step = (kind: string, month: string, values: Record<string, string>) => ({
        kind,
        area,
        as: 'administrator' as const,
        now: instant(`${month}-15`, 600 + at),
        values,
      });
      const one = (kind: string, month: string, values: Record<string, string>): SyntheticCase => ({
        register,
        steps: [step(kind, month, values)],
      });
      yield one('issued', `${year}-12`, {
        issued_to: code,
        issue_year: String(year),
        issued_item: 'allowance',
        issued_blocks: serials(next, allocated),
      });
      const spare = allocated - verified;
      if (random.chance(200) && accounts > 1 && spare > 0)
        yield one('transferred', `${year + 1}-03`, {
          seller: code,
          buyer: enterprise((at + 1) % accounts),
          moved_item: 'allowance',
          moved_blocks: serials(next + verified, Math.min(500, spare)),
          price: String(random.whole(38, 60)),
        });
      yield one('surrendered', `${year + 1}-05`, {
        surrenderer: code,
        surrender_year: String(year),
        surrendered_item: 'allowance',
        surrendered_blocks: serials(next, verified),
      });
      cycles.push({
        register,
        builds: true,
        steps: [
          step('planned', `${year}-11`, {
            enterprise: code,
            cycle_year: String(year),
            monitoring: 'Made up: fuels by weighing, electricity by meter.',
          }),
          step('reported', `${year + 1}-02`, { reported: String(verified) }),
          step('verified', `${year + 1}-04`, { verified: String(verified), verifier: 'Made-up verifier' }),
          step('cleared', `${year + 1}-06`, { allocated: String(allocated) }),
        ],
      });
      next += allocated;
    }
    yield* cycles;
  }
}
