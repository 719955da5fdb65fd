import { inLanguage } from '../../language/index.ts';
import type { Language, Plan, Workspace } from '../../model/index.ts';
import {
  type Letter,
  type LetterState,
  lateness,
  letterCommitments,
  letterRegister,
  letterState,
  letterSteps,
  letterStream,
  type Owner,
} from '../../plan/index.ts';
import { type LetterSeal, letterSealSchema, openSigningKey, sealLetter } from '../../publish/index.ts';
import { renderLetter } from '../../review/index.ts';
import { type People, type Store, type StoredEvent, sha256Hex } from '../../store/index.ts';
import { writeSteps } from '../office/log.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { letterWords } from './letter-words.ts';
import { targetText } from './lines.ts';

export interface LetterContext {
  readonly store: Store;
  readonly people: People;
  /** Folder of the live store, where the city's key lies. */
  readonly home: string;
  readonly workspace: Workspace;
  readonly person: Person;
  readonly now: Date;
}

/** A letter with its events and the seal under it. */
export interface StoredLetter extends LetterState {
  readonly events: readonly StoredEvent[];
  readonly seal: LetterSeal;
}

/** The letters of a plan, newest first. */
export async function readLetters(
  store: Store,
  city: string,
  plan: string,
  id?: string,
): Promise<readonly StoredLetter[]> {
  const events = await store.events(city, {
    register: letterRegister,
    ...(id === undefined ? {} : { stream: letterStream(plan, id) }),
  });
  const byStream = new Map<string, StoredEvent[]>();
  for (const event of events) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
  return [...byStream.values()]
    .flatMap((own): StoredLetter[] => {
      const state = letterState(own);
      const seal = letterSealSchema.safeParse(state?.issued.body.seal);
      return state === null || state.letter.plan !== plan || !seal.success
        ? []
        : [{ ...state, events: own, seal: seal.data }];
    })
    .sort((a, b) => (a.letter.id < b.letter.id ? 1 : -1));
}

export type Issued =
  | { readonly outcome: 'issued'; readonly id: string }
  | { readonly outcome: 'empty' | 'busy' | 'pdf'; readonly why?: string };

/**
 * Issues a letter: what the plan says an owner answers for in a year, as a PDF in each language, sealed with the city's key.
 * The PDFs are files of the submission, so their hashes stand in the log beside the seal.
 */
export async function issueLetter(
  context: LetterContext,
  plan: Plan,
  owner: Owner,
  year: string,
  asOf: number,
  receiver: NonNullable<Letter['receiver']> | null = null,
): Promise<Issued> {
  const { store, workspace, person, now, home } = context;
  const city = workspace.city.id;
  const commitments = letterCommitments(plan, owner.key, year);
  if (commitments.length === 0) return { outcome: 'empty' };
  for (let tries = 0; tries < 4; tries += 1) {
    const numbers = (await readLetters(store, city, plan.id)).flatMap(({ letter }) =>
      letter.year === year ? [Number(letter.id.slice(5))] : [],
    );
    const letter: Letter = {
      id: `${year}-${Math.max(0, ...numbers) + 1}`,
      plan: plan.id,
      year,
      owner: { en: owner.name.en, zh: owner.name.zh },
      department: owner.department,
      ...(receiver === null ? {} : { receiver }),
      asOf,
      commitments: [...commitments],
    };
    const pdfs: { readonly language: Language; readonly bytes: Uint8Array }[] = [];
    for (const language of ['en', 'zh'] as const) {
      const made = renderLetter(
        letterDocument(letter, plan, workspace, now.toISOString().slice(0, 10), language),
      );
      if (made.pdf === null) return { outcome: 'pdf', why: made.findings.map(({ what }) => what).join('; ') };
      pdfs.push({ language, bytes: made.pdf });
    }
    const hashOf = (language: Language): string =>
      sha256Hex(pdfs.find((each) => each.language === language)?.bytes ?? new Uint8Array());
    const seal = sealLetter(
      JSON.parse(JSON.stringify(letter)),
      { en: hashOf('en'), zh: hashOf('zh') },
      openSigningKey(home, city),
    );
    const receipt = await writeSteps(
      store,
      city,
      person,
      now,
      [
        {
          area: workspace.city.area,
          stream: letterStream(plan.id, letter.id),
          seq: 1,
          register: letterRegister,
          kind: 'issued',
          from: '',
          body: JSON.parse(JSON.stringify({ letter, seal })),
        },
      ],
      {},
      [letterSteps],
      pdfs.map(({ language, bytes }) => ({ path: `letters/${plan.id}/${letter.id}.${language}.pdf`, bytes })),
    );
    if (receipt.outcome === 'stored') {
      await tell(context, letter, 'issued');
      return { outcome: 'issued', id: letter.id };
    }
  }
  return { outcome: 'busy' };
}

/** What a letter's PDF says: from the letter as it is sealed, so that the same letter gives the same bytes again. */
export function letterDocument(
  letter: Letter,
  plan: Plan,
  { city, indicators }: Workspace,
  date: string,
  language: Language,
) {
  const w = letterWords[language];
  const owner = inLanguage(letter.owner, language);
  const place = inLanguage(city.name, language);
  const nameOf = new Map(indicators.map(({ id, name }) => [id, inLanguage(name, language)]));
  return {
    language,
    title: fill(w.title, { year: letter.year }),
    subtitle: fill(w.subtitle, { plan: inLanguage(plan.name, language), owner }),
    issuer: place,
    date,
    number: `${letter.plan} ${letter.id}`,
    opening: fill(w.opening, { owner, place, year: letter.year }),
    head: [w.commitment, w.targets, w.due, w.weight],
    rows: letter.commitments.map(({ name, targets, due, weight }) => [
      inLanguage(name, language),
      targets
        .map((target) =>
          targetText(target, nameOf.get(target.indicator) ?? target.indicator, w.inWords, language),
        )
        .join(language === 'zh' ? '；' : '; '),
      due ?? '',
      weight ?? '',
    ]),
    closing: fill(w.closing, { n: letter.asOf }),
    signers: [
      fill(w.signIssuer, { place }),
      letter.receiver === undefined
        ? fill(w.signOwner, { owner })
        : fill(w.signReceiver, { owner, name: letter.receiver.name }),
    ],
  };
}

export type LetterStep = 'acknowledged' | 'reminded' | 'escalated' | 'closed';

/** Takes a step with a letter; false when somebody else was faster. */
export async function stepLetter(
  context: LetterContext,
  { letter, seq, kind }: StoredLetter,
  step: LetterStep,
  said: string,
): Promise<boolean> {
  const { store, workspace, person, now } = context;
  const receipt = await writeSteps(
    store,
    workspace.city.id,
    person,
    now,
    [
      {
        area: workspace.city.area,
        stream: letterStream(letter.plan, letter.id),
        seq: seq + 1,
        register: letterRegister,
        kind: step,
        from: kind,
        body: said === '' ? {} : { said },
      },
    ],
    {},
    [letterSteps],
  );
  if (receipt.outcome === 'stored' && step !== 'acknowledged') await tell(context, letter, step);
  return receipt.outcome === 'stored';
}

/** Whose notices tell of a letter: the people of its department; when it is taken higher, those who decide for the place. */
export async function tell(
  { people, workspace, now }: Pick<LetterContext, 'people' | 'workspace' | 'now'>,
  letter: Letter,
  what: 'issued' | 'reminded' | 'escalated' | 'closed',
  id = `letter:${letter.plan}:${letter.id}:${what}:${now.toISOString()}`,
): Promise<number> {
  const city = workspace.city.id;
  const told = new Set(
    (await people.grants(city))
      .filter(({ role, area, department }) =>
        what === 'escalated'
          ? ['approver', 'administrator'].includes(role) && (area === '*' || area === workspace.city.area)
          : letter.department !== '' && department === letter.department,
      )
      .map(({ person }) => person),
  );
  if (what !== 'escalated' && letter.receiver !== undefined) told.add(letter.receiver.id);
  const text = (language: Language): string =>
    fill(letterWords[language][`notice_${what}`], {
      id: letter.id,
      owner: inLanguage(letter.owner, language),
      year: letter.year,
    });
  for (const person of told)
    await people.notify({
      city,
      id: `${id}:${person}`,
      person,
      at: now.toISOString(),
      body: { en: text('en'), zh: text('zh') },
      href: `/${city}/office/plan/${letter.plan}/letters/${letter.id}/`,
      seen: null,
      ...(what === 'reminded' ? { reminds: true as const } : {}),
    });
  return told.size;
}

/** Tells of letters that are overdue, once a week each, however many processes try. */
export async function remindOfLetters(
  context: Pick<LetterContext, 'store' | 'people' | 'workspace' | 'now'>,
): Promise<void> {
  const { store, workspace, now } = context;
  const week = Math.floor(now.getTime() / 604_800_000);
  for (const { id } of workspace.plans)
    for (const state of await readLetters(store, workspace.city.id, id))
      if (lateness(state, now.toISOString().slice(0, 10)) !== null)
        await tell(context, state.letter, 'reminded', `letter:${id}:${state.letter.id}:week:${week}`);
}
