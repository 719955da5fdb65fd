import { inLanguage } from '../../language/index.ts';
import type { Commitment, Language, Plan } from '../../model/index.ts';
import {
  answerableFor,
  asJson,
  isUnanswered,
  type Oversight,
  type OversightKind,
  oversightOf,
  oversightRegister,
  oversightSteps,
  oversightStream,
  writeOver,
} from '../../plan/index.ts';
import type { People, Store, StoredEvent } from '../../store/index.ts';
import { type Grant, holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { oversightWords } from './oversight-words.ts';

/** Who leads supervision: issues, reminds, takes higher, closes. */
export const leaders = ['approver', 'administrator'] as const;

export interface OversightContext {
  readonly store: Store;
  readonly people: People;
  readonly city: string;
  readonly area: string;
  readonly person: Person;
  readonly now: Date;
}

/** Every commitment of a plan that is or was supervised. */
export async function readOversights(
  store: Store,
  city: string,
  plan: string,
): Promise<ReadonlyMap<string, Oversight>> {
  const byStream = new Map<string, StoredEvent[]>();
  for (const event of await store.events(city, { register: oversightRegister }))
    byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
  return new Map(
    [...byStream].flatMap(([stream, events]) => {
      const found = oversightOf(events);
      return found === null || stream !== oversightStream(plan, found.commitment)
        ? []
        : [[found.commitment, found] as const];
    }),
  );
}

/** Whether a role makes somebody answer for a commitment; `whole`: the area of the whole place. */
function answersBy(
  { role, area, department }: Omit<Grant, 'role'> & { readonly role: string },
  plan: Plan,
  commitment: Commitment,
  whole: string,
): boolean {
  const who = answerableFor(plan, commitment);
  if ('department' in who) return department === who.department;
  if ('area' in who) return area === who.area && role === 'reporter';
  return role === 'editor' && department === '*' && (area === '*' || area === whole);
}

/** Whether somebody answers for a commitment: by the department or area that it or the one above names, else as editor of the plan. */
export const answersFor = ({ grants }: Person, plan: Plan, commitment: Commitment, whole: string): boolean =>
  grants.some((grant) => answersBy(grant, plan, commitment, whole));

export type OversightCame = 'done' | 'rights' | 'state' | 'form' | 'moved';

/** Takes a step. `expected`: the number of the last step that was seen. Nothing is stored when it is refused. */
export async function oversee(
  { store, people, city, area, person, now }: OversightContext,
  plan: Plan,
  commitment: Commitment,
  kind: OversightKind,
  expected: number,
  said: string,
  until: string,
): Promise<OversightCame> {
  const may = kind === 'answered' ? answersFor(person, plan, commitment, area) : holds(person, leaders, area);
  if (!may) return 'rights';
  if (kind === 'issued' ? !isDay(until) || until < day(now) : false) return 'form';
  if (kind !== 'reminded' && said === '') return 'form';
  const from = (await readOversights(store, city, plan.id)).get(commitment.id)?.kind ?? '';
  if (!oversightSteps.steps.some((step) => step.from === from && step.to === kind)) return 'state';
  const stream = oversightStream(plan.id, commitment.id);
  if (stream.length > 200) return 'form';
  const done = await writeOver(
    store,
    { city, area },
    oversightSteps,
    { id: person.id, name: person.name, now },
    [
      {
        stream,
        kind,
        expected,
        body: asJson({
          plan: plan.id,
          commitment: commitment.id,
          said,
          by: person.id,
          ...(kind === 'issued' ? { until } : {}),
        }),
      },
    ],
  );
  if (done.outcome === 'moved') return 'moved';
  if (done.outcome !== 'stored') return 'state';
  await tell({ people, city, area, person, now }, plan, commitment, kind, expected + 1);
  return 'done';
}

/** Told: whoever answers for the commitment; when it is answered or taken higher, those who lead. */
async function tell(
  { people, city, area, person, now }: Omit<OversightContext, 'store'>,
  plan: Plan,
  commitment: Commitment,
  kind: OversightKind,
  seq: number,
): Promise<void> {
  const toLeaders = kind === 'answered' || kind === 'escalated';
  const told = new Set(
    (await people.grants(city))
      .filter((grant) =>
        toLeaders
          ? leaders.some((each) => each === grant.role) && (grant.area === '*' || grant.area === area)
          : answersBy(grant, plan, commitment, area),
      )
      .map((grant) => grant.person),
  );
  told.delete(person.id);
  const text = (language: Language): string =>
    fill(oversightWords[language][`n_${kind}`], { name: inLanguage(commitment.name, language) });
  for (const id of told)
    await people.notify({
      city,
      id: `oversight:${plan.id}:${commitment.id}:${seq}:${id}`,
      person: id,
      at: now.toISOString(),
      body: { en: text('en'), zh: text('zh') },
      href: `/${city}/office/plan/${plan.id}/oversight/${commitment.id}/`,
      seen: null,
    });
}

/**
 * Tells of commitments under supervision whose answer has not come by its day, once a week each, however many processes try:
 * whoever answers for one, and who leads.
 */
export async function remindOfOversights({
  store,
  people,
  city,
  area,
  plans,
  now,
}: Omit<OversightContext, 'person'> & { readonly plans: readonly Plan[] }): Promise<void> {
  const week = Math.floor(now.getTime() / 604_800_000);
  for (const plan of plans) {
    const late = [...(await readOversights(store, city, plan.id)).values()].filter((each) =>
      isUnanswered(each, day(now)),
    );
    if (late.length === 0) continue;
    const grants = await people.grants(city);
    for (const { commitment: id } of late) {
      const commitment = plan.commitments.find((each) => each.id === id);
      if (commitment === undefined) continue;
      const leads = grants.filter(
        (grant) => leaders.some((each) => each === grant.role) && (grant.area === '*' || grant.area === area),
      );
      const answer = grants.filter((grant) => answersBy(grant, plan, commitment, area));
      const texts = new Map([
        ...leads.map(({ person }) => [person, 'n_late'] as const),
        ...answer.map(({ person }) => [person, 'n_reminded'] as const),
      ]);
      for (const [person, kind] of texts) {
        const text = (language: Language): string =>
          fill(oversightWords[language][kind], { name: inLanguage(commitment.name, language) });
        await people.notify({
          city,
          id: `oversight:${plan.id}:${id}:week:${week}:${person}`,
          person,
          at: now.toISOString(),
          body: { en: text('en'), zh: text('zh') },
          href: `/${city}/office/plan/${plan.id}/oversight/${id}/`,
          seen: null,
          reminds: true,
        });
      }
    }
  }
}

const day = (now: Date): string => now.toISOString().slice(0, 10);
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
