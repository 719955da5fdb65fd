import { inBrackets, inLanguage } from '../../language/index.ts';
import type { Plan } from '../../model/index.ts';
import { daysToAcknowledge, lateness, ownersOf } from '../../plan/index.ts';
import { checkLetter } from '../../publish/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { letterWords } from './letter-words.ts';
import type { StoredLetter } from './letters.ts';
import { targetLine } from './lines.ts';
import { planPath } from './paths.ts';

interface Props {
  readonly view: PlaceView;
  readonly person: Person;
  readonly plan: Plan;
  readonly told: string | null;
  readonly alarm: boolean;
}

const isState = (kind: string): kind is 'issued' | 'acknowledged' | 'reminded' | 'escalated' | 'closed' =>
  ['issued', 'acknowledged', 'reminded', 'escalated', 'closed'].includes(kind);

/** Shape and word: ● acknowledged, ○ waiting, ◐ reminded or taken higher, – closed. */
function StateMark({ letter, view }: { readonly letter: StoredLetter; readonly view: PlaceView }) {
  const w = letterWords[view.language];
  const shape =
    letter.closed !== null ? '–' : letter.acknowledged !== null ? '●' : letter.kind === 'issued' ? '○' : '◐';
  const word = isState(letter.kind) ? w[`k_${letter.kind}`] : letter.kind;
  return (
    <span>
      <span aria-hidden="true">{shape}</span> {word}
    </span>
  );
}

/** The letters of a plan: what is overdue first, all of them, and the form that issues one. */
export function LettersPage({
  view,
  person,
  plan,
  letters,
  day,
  people,
  canSign,
  told,
  alarm,
}: Props & {
  readonly letters: readonly StoredLetter[];
  readonly day: string;
  readonly people: ReadonlyMap<string, string>;
  readonly canSign: boolean;
}) {
  const { language, here } = view;
  const w = letterWords[language];
  const late = letters.flatMap((letter) => {
    const why = lateness(letter, day);
    return why === null ? [] : [{ letter, why }];
  });
  const owners = ownersOf(plan);
  const mayIssue = holds(person, ['approver'], here.place.workspace.city.area);
  const link = (letter: StoredLetter) => (
    <a href={planPath.letter(language, here.city, plan.id, letter.letter.id)}>
      {letter.letter.id} {inLanguage(letter.letter.owner, language)}
    </a>
  );
  return (
    <OfficeFrame view={view} person={person} title={w.letters} told={told} alarm={alarm}>
      <p>
        <a href={planPath.office(language, here.city, plan.id)}>{named(plan.name, view)}</a>
      </p>
      <p class="lead">{w.lettersText}</p>
      <section>
        <h2>{w.late}</h2>
        <p class="small quiet">{fill(w.lateText, { days: daysToAcknowledge })}</p>
        {late.length === 0 ? <p>{w.lateNone}</p> : null}
        <ul>
          {late.map(({ letter, why }) => (
            <li>
              {link(letter)} <span class="standing standing-missed">○ {w[`late_${why}`]}</span>
            </li>
          ))}
        </ul>
      </section>
      {letters.length === 0 ? (
        <p class="quiet">{w.none}</p>
      ) : (
        <Scroll label={w.letters}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{w.number}</th>
                <th scope="col">{w.year}</th>
                <th scope="col">{w.state}</th>
              </tr>
            </thead>
            <tbody>
              {letters.map((letter) => (
                <tr>
                  <th scope="row">{link(letter)}</th>
                  <td data-label={w.year}>{letter.letter.year}</td>
                  <td data-label={w.state}>
                    <StateMark letter={letter} view={view} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {!mayIssue ? null : !canSign ? (
        <p class="quiet">{w.noKey}</p>
      ) : owners.length === 0 ? (
        <p class="quiet">{w.noOwners}</p>
      ) : (
        <section>
          <h2>{w.issue}</h2>
          <form method="post" class="door">
            <p class="field">
              <label for="owner">{w.owner}</label>
              <select id="owner" name="owner">
                {owners.map(({ key, name, department }) => (
                  <option value={key}>
                    {named(name, view)}
                    {department === '' ? '' : ` (${department})`}
                  </option>
                ))}
              </select>
            </p>
            <p class="field">
              <label for="receiver">{w.receiver}</label>
              <select id="receiver" name="receiver" aria-describedby="receiver-hint">
                <option value="">{w.receiverNone}</option>
                {[...people].map(([id, name]) => (
                  <option value={id}>{name}</option>
                ))}
              </select>
              <small id="receiver-hint" class="quiet">
                {w.receiverHint}
              </small>
            </p>
            <p class="field">
              <label for="year">{w.year}</label>
              <input
                id="year"
                name="year"
                value={day.slice(0, 4)}
                pattern="\d{4}"
                inputmode="numeric"
                required
              />
            </p>
            <button class="main" type="submit">
              {w.issueNow}
            </button>
          </form>
        </section>
      )}
    </OfficeFrame>
  );
}

/** One letter: what it says, its PDFs and signature, what happened, and the steps of who looks. */
export function LetterPage({
  view,
  person,
  plan,
  letter,
  told,
  alarm,
  mayAcknowledge,
  mayLead,
}: Props & {
  readonly letter: StoredLetter;
  readonly mayAcknowledge: boolean;
  readonly mayLead: boolean;
}) {
  const { language, here } = view;
  const w = letterWords[language];
  const { holds: isSound, fingerprint } = checkLetter(letter.seal);
  const base = planPath.letter(language, here.city, plan.id, letter.letter.id);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.titleOf, { year: letter.letter.year, id: letter.letter.id })}
      told={told}
      alarm={alarm}
    >
      <p>
        <a href={planPath.letters(language, here.city, plan.id)}>{w.letters}</a>
      </p>
      <p class="lead">
        {inLanguage(letter.letter.owner, language)} · <StateMark letter={letter} view={view} />
      </p>
      {letter.letter.receiver === undefined ? null : (
        <p>{fill(w.receivedBy, { name: letter.letter.receiver.name })}</p>
      )}
      <section>
        <h2>{w.download}</h2>
        <p class="p-links">
          <a href={`${base}letter.zh.pdf`} lang="zh-Hans">
            PDF 中文
          </a>
          <a href={`${base}letter.en.pdf`} lang="en">
            PDF English
          </a>
          <a href={`${base}letter.json`}>JSON</a>
        </p>
        <p class={isSound ? 'told' : 'told alarm'}>{isSound ? w.holds : w.broken}</p>
        <dl class="facts">
          <div>
            <dt>{w.fingerprint}</dt>
            <dd class="key">{fingerprint ?? '–'}</dd>
          </div>
          {(['zh', 'en'] as const).map((each) => (
            <div>
              <dt>
                {w.hash}
                {inBrackets(each, view.language)}
              </dt>
              <dd class="key">{letter.seal.pdf[each]}</dd>
            </div>
          ))}
        </dl>
        <p class="small">
          {w.verify} <code>npx modelcity plan verify letter.json letter.zh.pdf</code>
        </p>
      </section>
      <section>
        <h2>{w.what}</h2>
        <ul>
          {letter.letter.commitments.map((commitment) => (
            <li>
              <a href={planPath.commitment(language, here.city, plan.id, commitment.id)}>
                {named(commitment.name, view)}
              </a>
              {commitment.targets.map((target) => (
                <p class="small">◇ {targetLine(target, view)}</p>
              ))}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{w.happened}</h2>
        <ol class="plain happened">
          {letter.events.map(({ kind, occurred, actor, body, position }) => (
            <li>
              <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time> {actor ?? ''} ·{' '}
              <strong>{isState(kind) ? w[`k_${kind}`] : kind}</strong>
              {typeof body.said === 'string' && body.said !== '' ? ` · ${body.said}` : ''}{' '}
              <small class="quiet">№ {position}</small>
            </li>
          ))}
        </ol>
        {letter.closed !== null || !(mayAcknowledge || mayLead) ? null : (
          <form method="post" class="door">
            {mayAcknowledge ? (
              <p>
                {fill(w.acknowledgeText, {
                  department: letter.letter.department || inLanguage(letter.letter.owner, language),
                })}
              </p>
            ) : null}
            <input type="hidden" name="expected" value={String(letter.seq)} />
            <p class="field">
              <label for="said">{w.said}</label>
              <textarea id="said" name="said" rows={2} maxlength={1000} />
            </p>
            <p class="acts">
              {mayAcknowledge ? (
                <button class="main" type="submit" name="do" value="acknowledged">
                  {w.acknowledge}
                </button>
              ) : null}{' '}
              {mayLead
                ? (['reminded', 'escalated', 'closed'] as const).map((step) => (
                    <>
                      <button type="submit" name="do" value={step}>
                        {{ reminded: w.remind, escalated: w.escalate, closed: w.close }[step]}
                      </button>{' '}
                    </>
                  ))
                : null}
            </p>
          </form>
        )}
      </section>
    </OfficeFrame>
  );
}
