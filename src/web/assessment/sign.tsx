import { type VerdictKind, verdictNames } from '../../assess/index.ts';
import { named, type View } from '../view.ts';

/** Standing by shape first: safe without colour and in greyscale. */
export const verdictSign: Readonly<Record<VerdictKind, string>> = {
  met: '●',
  met_provisional: '◐',
  not_met: '○',
  not_shown: '◌',
  not_applicable: '–',
};

export const verdictOrder: readonly VerdictKind[] = [
  'met',
  'met_provisional',
  'not_met',
  'not_shown',
  'not_applicable',
];

/** A verdict as sign and word; where the word stands nearby, for screen readers only. */
export function VerdictMark({
  verdict,
  view,
  bare = false,
}: {
  readonly verdict: VerdictKind;
  readonly view: Pick<View, 'language'>;
  readonly bare?: boolean;
}) {
  const name = named(verdictNames[verdict], view);
  return (
    <span class={`sign ${verdict.replace('_', '-')}`}>
      <span aria-hidden="true">{verdictSign[verdict]}</span>{' '}
      {bare ? <span class="vh">{name}</span> : <b>{name}</b>}
    </span>
  );
}

/** What the signs mean, once a page. */
export function SignKey({ view, label }: { readonly view: Pick<View, 'language'>; readonly label: string }) {
  return (
    <ul class="sign-key" aria-label={label}>
      {verdictOrder.map((verdict) => (
        <li>
          <span class={`sign ${verdict.replace('_', '-')}`}>
            <span aria-hidden="true">{verdictSign[verdict]}</span> {named(verdictNames[verdict], view)}
          </span>
        </li>
      ))}
    </ul>
  );
}
