import {
  areaOf,
  dayAfter,
  fullScale,
  instant,
  randomOf,
  type SyntheticCase,
  type SyntheticPlan,
  type SyntheticStep,
  thinned,
} from './plan.ts';
import { placeOf } from './waste.ts';

const years = 3;
const categories = ['air', 'water', 'noise', 'waste', 'hazardous-waste', 'greenery', 'other'];
const departments = ['Water', 'Environment', 'Greening', 'City management', 'Housing', 'Traffic'];
/** Days until an answer; most in time, some late. */
const usualDays = [1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 30];

/** Three years of complaints, filed in order: most answered and closed, some reopened, the newest still open. */
export function* complaintCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  const random = randomOf(plan, 'complaints');
  const count = thinned(plan, fullScale.complaints);
  const begin = `${plan.year - years + 1}-01-01`;
  const end = `${plan.year}-12-31`;
  const days = (Date.parse(end) - Date.parse(begin)) / 86_400_000;
  for (let at = 0; at < count; at += 1) {
    const filed = dayAfter(begin, Math.floor((at * days) / count));
    const area = areaOf(random.whole(0, 15));
    const department = `${random.pick(departments)} office`;
    const step = (
      kind: string,
      day: string,
      values: Record<string, string>,
      minutes: number,
    ): SyntheticStep => ({
      kind,
      area,
      as: 'administrator',
      now: instant(day, minutes),
      values,
    });
    const wait = random.pick(usualDays);
    const answered = dayAfter(filed, wait);
    const closed = dayAfter(answered, random.whole(1, 5));
    const asked = dayAfter(closed, 7);
    const all = [
      step(
        'filed',
        filed,
        {
          category: random.pick(categories),
          urgency: random.pick(['complaint', 'complaint', 'complaint', 'question', 'emergency']),
          description: `Made up by a program: report ${at + 1}.`,
          location: placeOf(random),
        },
        540 + (at % 400),
      ),
      step('routed', filed, { department, publish: random.chance(900) ? 'yes' : 'no' }, 1100),
      step('answered', answered, { answer: 'Made up: looked into and seen to.' }, 600),
      step(
        'closed',
        closed,
        { outcome: random.pick(['resolved', 'resolved', 'resolved', 'resolved', 'explained', 'unresolved']) },
        660,
      ),
      ...(random.chance(120)
        ? [step('called-back', asked, { satisfied: random.chance(930) ? 'yes' : 'no' }, 700)]
        : []),
      ...(random.chance(20)
        ? [step('reopened', dayAfter(asked, 2), { objection: 'Made up: it came back.' }, 700)]
        : []),
    ];
    // What would lie after the last day has not happened yet.
    yield { register: 'complaints', steps: all.filter(({ now }) => now <= instant(end, 1439)) };
  }
}
