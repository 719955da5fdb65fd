import { html, nothing, type TemplateResult } from 'lit';
import { periodText } from '../../language/index.ts';
import { type Choice, isMoment } from './choice.ts';
import { type Explored, periodsOf } from './explored.ts';
import type { ExplorerWords } from './words.ts';

/** What the time controls do. */
export interface TimeActions {
  readonly playing: boolean;
  /** The reader wants no motion: a press goes one moment on. */
  readonly still: boolean;
  play(): void;
  choose(change: Partial<Choice>): void;
}

/**
 * Time as one track: with two handles for a span, with one for a moment. Both are range inputs, so keys and screen readers know
 * them; a press on the track moves the nearer handle.
 */
export function timeSpan(
  whole: Explored,
  choice: Choice,
  words: ExplorerWords,
  { playing, still, play, choose }: TimeActions,
): TemplateResult | typeof nothing {
  const periods = periodsOf(whole);
  if (periods.length < 2) return nothing;
  const moment = isMoment(choice.kind);
  const said = (period: string): string => periodText(period, whole.language);
  const setFrom = (from: string): void => choose({ from: from <= choice.to ? from : choice.to });
  const setTo = (to: string): void => {
    if (moment) choose({ to, from: choice.from <= to ? choice.from : to });
    else choose({ to: to >= choice.from ? to : choice.from });
  };
  const handle = (name: string, value: string, set: (period: string) => void) => html`<input
    type="range"
    min="0"
    max=${periods.length - 1}
    .value=${String(periods.indexOf(value))}
    aria-label=${name}
    aria-valuetext=${said(value)}
    @input=${(event: Event) => {
      if (event.target instanceof HTMLInputElement) set(periods[event.target.valueAsNumber] ?? value);
    }}
  />`;
  const press = (event: PointerEvent): void => {
    const track = event.currentTarget;
    if (!(track instanceof HTMLElement) || event.target instanceof HTMLInputElement) return;
    const { left, width } = track.getBoundingClientRect();
    const at = Math.round(((event.clientX - left) / width) * (periods.length - 1));
    const period = periods[Math.max(0, Math.min(periods.length - 1, at))];
    if (period === undefined) return;
    const [from, to] = [periods.indexOf(choice.from), periods.indexOf(choice.to)];
    if (!moment && Math.abs(at - from) < Math.abs(at - to)) setFrom(period);
    else setTo(period);
  };
  return html`<div class="time">
    <button type="button" @click=${play}>${still ? words.next : playing ? words.pause : words.play}</button>
    <div class="span" role="group" aria-label=${words.span}>
      <output aria-hidden="true">${moment ? said(choice.to) : choice.from === choice.to ? said(choice.to) : `${said(choice.from)} – ${said(choice.to)}`}</output>
      <div class="track ${moment ? 'one' : ''}" @pointerdown=${press}>
        ${moment ? nothing : handle(words.from, choice.from, setFrom)} ${handle(moment ? words.at : words.to, choice.to, setTo)}
      </div>
      <div class="ends" aria-hidden="true"><span>${said(periods[0] ?? '')}</span><span>${said(periods.at(-1) ?? '')}</span></div>
    </div>
  </div>`;
}

/** Where the chosen part of the track begins and ends, in per cent of it. */
export function spanEnds(whole: Explored, choice: Choice): { readonly from: number; readonly to: number } {
  const periods = periodsOf(whole);
  const at = (period: string): number => (periods.indexOf(period) / Math.max(1, periods.length - 1)) * 100;
  return { from: isMoment(choice.kind) ? 0 : at(choice.from), to: at(choice.to) };
}
