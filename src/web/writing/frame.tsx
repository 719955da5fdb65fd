import type { Section, SectionState } from '../../review/index.ts';
import type { WritingWords } from './words.ts';

export const when = (at: string): string => at.slice(0, 16).replace('T', ' ');

const words = {
  'as-published': 'as_published',
  draft: 'draft',
  checked: 'checked',
  signed: 'signed',
  void: 'void',
  removed: 'removed',
  missing: 'missing',
} as const;

/** How a section stands: a shape and its word. */
export function StateMark({
  state,
  w,
  short = false,
}: {
  readonly state: SectionState | 'missing';
  readonly w: WritingWords;
  readonly short?: boolean;
}) {
  const word = w[`s_${words[state]}`];
  return (
    <span class={`w-state w-${state}`} title={word}>
      <span aria-hidden="true">{w[`m_${words[state]}`]}</span> <span class={short ? 'vh' : ''}>{word}</span>
    </span>
  );
}

/** The name of a section without the marks of its text. */
export function sectionName({ heading }: Pick<Section, 'heading'>, w: WritingWords): string {
  const plain = heading
    .replace(/\{%[^%]*%\}/g, '…')
    .replace(/[*_`]/g, '')
    .trim();
  return plain === '' ? w.beginning : plain;
}
