import { inLanguage } from '../../language/index.ts';
import type { ExaminationDeclaration, ExaminationSubject, Language } from '../../model/index.ts';
import type { HearingKind } from '../../plan/index.ts';
import type { People } from '../../store/index.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { examinationWords } from './words.ts';

/** Who has to act, or has to know, once a step was taken. */
const next: Readonly<Record<HearingKind, readonly ('reporter' | 'checker' | 'approver')[]>> = {
  reported: ['checker'],
  returned: ['reporter'],
  checked: ['reporter', 'approver'],
  objected: ['checker'],
  answered: ['reporter', 'approver'],
  final: ['reporter'],
  reopened: ['reporter'],
};

export interface StepTaken {
  readonly people: People;
  readonly city: string;
  readonly declared: ExaminationDeclaration;
  readonly subject: ExaminationSubject;
  /** Who took it: not told of it. */
  readonly person: Person;
  readonly now: Date;
}

/** Tells those whose turn it is in the course of one subject, each once a step. Returns how many were told. */
export async function tellNext(
  { people, city, declared, subject, person, now }: StepTaken,
  kind: HearingKind,
  seq: number,
): Promise<number> {
  const told = new Set(
    (await people.grants(city)).flatMap(({ person: id, role, area, department }) =>
      id !== person.id &&
      next[kind].some((each) => each === role) &&
      (area === '*' || area === subject.area) &&
      (subject.department === undefined || department === '*' || department === subject.department)
        ? [id]
        : [],
    ),
  );
  const text = (language: Language): string =>
    fill(examinationWords[language][`n_${kind}`], {
      examination: inLanguage(declared.name, language),
      subject: inLanguage(subject.name, language),
    });
  for (const id of told)
    await people.notify({
      city,
      id: `examination:${declared.id}:${subject.id}:${seq}:${id}`,
      person: id,
      at: now.toISOString(),
      body: { en: text('en'), zh: text('zh') },
      href: `/${city}/office/examinations/${declared.id}/${subject.id}/`,
      seen: null,
    });
  return told.size;
}
