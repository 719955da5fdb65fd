import { answerSchema } from '../../audit/index.ts';
import type { Store } from '../../store/index.ts';
import { auditOf } from '../audit/audit-of.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { randomToken } from '../sign-in/secret.ts';
import { param, type Site } from '../site.ts';
import { holds, roles } from '../who.ts';
import { answerFinding } from './answer.ts';
import { checkSection } from './check.ts';
import { OpinionsPage } from './opinions-page.tsx';
import { writingPath } from './paths.ts';
import { writingLog } from './read.ts';
import { type RemarkHead, readRemarks, sayRemark, stepRemark } from './remarks.ts';
import { saveSection } from './save.ts';
import { textAt } from './text-at.ts';
import { writingWords } from './words.ts';

/** What is said about a text: comments, suggestions, opinions of experts, answers to findings of the audit. */
export function mountTalk(site: Site, door: Door, office: Guard, store: Store): void {
  const contextOf = ({ here, person }: Guarded) => ({
    store,
    city: here.city,
    workspace: here.place.workspace,
    person,
    now: door.now(),
  });
  const talkers = ['editor', 'checker', 'approver', 'assessor'] as const;

  office.form('/writing/:review/:chapter/:text/remark/', talkers, 'writing.remark', async (at) => {
    const name = textAt(at);
    const { area } = at.here.place.workspace.city;
    if (name === null || !holds(at.person, talkers, area)) return site.absent(at.c);
    const form = await readForm(at.c);
    const [act, text, section] = [form.text('do'), form.text('text').trim(), form.text('section')];
    const back = `${writingPath.text(at.view.language, at.here.city, name, section)}#remarks`;
    const plain = (field: string): string => form.text(field).replace(/\r\n?/g, '\n').trimEnd();
    if (act === 'say') {
      const [quote, suggestion] = [plain('quote'), plain('suggestion').trim()];
      if (text !== '' || (suggestion !== '' && quote !== '')) {
        const head: RemarkHead = { ...name, section, quote, text, suggestion, expert: '', round: '' };
        await sayRemark(contextOf(at), head);
      }
      return at.c.redirect(back, 303);
    }
    const remark = (await readRemarks(store, at.here.city, name.review)).find(
      ({ id, head }) => id === form.text('remark') && head.chapter === name.chapter && head.expert === '',
    );
    if (remark === undefined) return site.absent(at.c);
    if (act === 'accept' && holds(at.person, ['editor'], area)) {
      const writing = await writingLog(store, at.here.city).read(at.here.place.workspace, name);
      const known = writing.sections.find(({ id }) => id === remark.head.section);
      const { quote, suggestion } = remark.head;
      if (known === undefined || quote === '' || !known.text.includes(quote)) return at.c.redirect(back, 303);
      const saved = await saveSection(
        { ...contextOf(at), name },
        {
          section: known.id,
          base: writing.version,
          text: known.text.replace(quote, () => suggestion),
          save: randomToken(12),
          settles: [],
        },
      );
      if (saved.outcome === 'saved' || saved.outcome === 'merged')
        await stepRemark(contextOf(at), remark, 'settled', {
          text: '',
          effect: writingWords[at.view.language].acceptedNow,
        });
      return at.c.redirect(back, 303);
    }
    if (act === 'settle' && remark.kind === 'said')
      await stepRemark(contextOf(at), remark, 'settled', { text, effect: '' });
    else if ((act === 'reply' && text !== '') || (act === 'reopen' && remark.kind === 'settled'))
      await stepRemark(contextOf(at), remark, 'said', { text, effect: '' });
    return at.c.redirect(back, 303);
  });

  async function opinions(at: Guarded, told: string | null = null): Promise<Response> {
    const { workspace } = at.here.place;
    const review = workspace.reviews.find(({ head }) => head.id === param(at.c, 'review'));
    if (review === undefined || !holds(at.person, roles, workspace.city.area)) return site.absent(at.c);
    const all = await readRemarks(store, at.here.city, review.head.id);
    return site.show(
      at.c,
      OpinionsPage({
        view: at.view,
        person: at.person,
        review,
        opinions: all.filter(({ head }) => head.expert !== ''),
        told,
      }),
      told === null ? 200 : 422,
    );
  }
  office.page('/writing/:review/opinions/', roles, (at) => opinions(at));
  office.form('/writing/:review/opinions/', ['editor', 'assessor'], 'writing.opinion', async (at) => {
    const { workspace } = at.here.place;
    const { area } = workspace.city;
    const review = workspace.reviews.find(({ head }) => head.id === param(at.c, 'review'));
    if (review === undefined || !holds(at.person, ['editor', 'assessor'], area)) return site.absent(at.c);
    const form = await readForm(at.c);
    const [act, text] = [form.text('do'), form.text('text').trim()];
    if (act === 'say') {
      const [expert, round, chapter] = [
        form.text('expert').trim(),
        form.text('round').trim(),
        form.text('chapter'),
      ];
      if (expert === '' || round === '' || text === '')
        return opinions(at, writingWords[at.view.language].f_form);
      const known = review.head.chapters.includes(chapter) ? chapter : '';
      await sayRemark(contextOf(at), {
        review: review.head.id,
        chapter: known,
        language: '',
        section: '',
        quote: '',
        text,
        suggestion: '',
        expert,
        round,
      });
    } else {
      const remark = (await readRemarks(store, at.here.city, review.head.id)).find(
        ({ id, head }) => id === form.text('remark') && head.expert !== '',
      );
      if (remark === undefined || !holds(at.person, ['editor'], area)) return site.absent(at.c);
      const effect = form.text('effect').trim();
      if (act === 'settle' && remark.kind === 'said')
        await stepRemark(contextOf(at), remark, 'settled', { text, effect });
      else if (act === 'reply' && text !== '')
        await stepRemark(contextOf(at), remark, 'said', { text, effect });
    }
    return at.c.redirect(writingPath.opinions(at.view.language, at.here.city, review.head.id), 303);
  });

  const answerers = ['editor', 'checker', 'approver'] as const;
  office.form('/findings/:id/', answerers, 'finding.answer', async (at) => {
    const { area } = at.here.place.workspace.city;
    const id = param(at.c, 'id');
    if (!holds(at.person, answerers, area)) return site.absent(at.c);
    const form = await readForm(at.c);
    const known = auditOf(at.here, at.view.places).findings.find(({ finding }) => finding.id === id)?.finding;
    const finding = known ?? (await drafted(at, form.text('back'), id));
    if (finding === null) return site.absent(at.c);
    const base = `/${at.view.language}/${encodeURIComponent(at.here.city)}/`;
    const asked = form.text('back');
    // Only an address of this place: anything else would send people elsewhere.
    const back = asked.startsWith(base) && !/[\\\s]/.test(asked) ? asked : `${base}audit/${id}/`;
    const given = answerSchema.pick({ answer: true, note: true }).safeParse({
      answer: form.text('answer'),
      note: form.text('note').trim(),
    });
    if (!given.success || (given.data.answer === 'explained' && given.data.note === ''))
      return at.c.redirect(back, 303);
    await answerFinding(
      { store, city: at.here.city, area, person: at.person, now: door.now() },
      finding,
      given.data,
    );
    return at.c.redirect(back, 303);
  });

  /** A finding on a draft that nobody has published yet: found again where the answer came from. */
  async function drafted(at: Guarded, back: string, id: string) {
    const [, review, chapter, language, section] =
      /\/office\/writing\/([^/]+)\/([^/]+)\/(en|zh)\/\?section=([^&#]+)/.exec(back) ?? [];
    if (review === undefined || chapter === undefined || section === undefined) return null;
    const name = { review, chapter, language: language === 'zh' ? 'zh' : 'en' } as const;
    const { workspace } = at.here.place;
    if (!workspace.reviews.some(({ head }) => head.id === review && head.chapters.includes(chapter)))
      return null;
    const { sections } = await writingLog(store, at.here.city).read(workspace, name);
    const { findings } = checkSection(at.here, at.view.places, name, sections, section, at.view.language);
    return findings.find((each) => each.id === id)?.finding ?? null;
  }
}
