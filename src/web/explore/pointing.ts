import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import {
  type ChartState,
  drawPointed,
  type Pointed,
  pointedAt,
  pointedBeside,
  type Reach,
  reachOf,
  tellPointed,
} from '../../chart/index.ts';
import type { ExplorerWords } from './words.ts';

type Host = ReactiveControllerHost & HTMLElement;

const keys = {
  ArrowLeft: 'before',
  ArrowRight: 'after',
  ArrowUp: 'above',
  ArrowDown: 'below',
} as const satisfies Readonly<Record<string, string>>;

const isArrow = (key: string): key is keyof typeof keys => Object.hasOwn(keys, key);

/**
 * Pointing into a drawing, by mouse, finger or keys: the nearest row stands out, with its name and value beside it, and a press
 * puts it in colour. It draws over the chart and leaves the drawing itself alone, so that moving costs next to nothing.
 */
export class Pointing implements ReactiveController {
  readonly #host: Host;
  readonly #press: (id: string) => void;
  #state: ChartState | null = null;
  #reach: Reach | null = null;
  #pointed: Pointed | null = null;
  /** The row under a finger before it came down: the first touch tells, the next one presses. */
  #before: number | null = null;

  constructor(host: Host, press: (id: string) => void) {
    this.#host = host;
    this.#press = press;
    host.addController(this);
  }

  /** The layer over the drawing of a state; nothing for charts whose rows all have their names. */
  layer(state: ChartState, width: number, words: ExplorerWords): TemplateResult | typeof nothing {
    if (state !== this.#state || width !== this.#reach?.width) {
      const id = this.#pointed === null ? undefined : this.#reach?.rows[this.#pointed.row]?.id;
      this.#reach = reachOf(state, width);
      const row = id === undefined ? -1 : (this.#reach?.rows.findIndex((each) => each.id === id) ?? -1);
      const at = Math.min(this.#pointed?.at ?? 0, (this.#reach?.rows[row]?.spots.length ?? 0) - 1);
      this.#pointed = at < 0 ? null : { row, at };
      this.#state = state;
    }
    if (this.#reach === null) return nothing;
    return html`<div class="pointer" tabindex="0" role="application" aria-label=${words.pointing}
      @pointermove=${this.#move} @pointerdown=${this.#down} @pointerleave=${this.#leave}
      @click=${this.#choose} @keydown=${this.#key} @focus=${this.#enter} @blur=${() => this.#show(null)}
    ><svg class="over" aria-hidden="true" viewBox="0 0 ${this.#reach.width} ${this.#reach.height}"></svg><p class="vh" role="status"></p></div>`;
  }

  hostUpdated(): void {
    this.#show(this.#pointed);
  }

  #show(pointed: Pointed | null): void {
    this.#pointed = pointed;
    const layer = this.#host.querySelector('.pointer');
    const over = layer?.querySelector('svg');
    layer?.parentElement?.classList.toggle('pointed', pointed !== null);
    if (over == null || this.#reach === null) return;
    over.innerHTML = pointed === null ? '' : drawPointed(this.#reach, pointed);
  }

  /** Said aloud: only what keys have led to, a mouse would talk without end. */
  #tell(): void {
    const said = this.#host.querySelector('.pointer [role=status]');
    if (said === null || this.#reach === null || this.#state === null) return;
    said.textContent = this.#pointed === null ? '' : tellPointed(this.#reach, this.#pointed, this.#state);
  }

  #under(event: PointerEvent): Pointed | null {
    const layer = event.currentTarget;
    if (!(layer instanceof HTMLElement) || this.#reach === null) return null;
    const { left, top, width } = layer.getBoundingClientRect();
    const scale = this.#reach.width / width;
    return pointedAt(this.#reach, (event.clientX - left) * scale, (event.clientY - top) * scale);
  }

  readonly #move = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const pointed = this.#under(event);
    if (pointed?.row === this.#pointed?.row && pointed?.at === this.#pointed?.at) return;
    this.#show(pointed);
  };

  readonly #leave = (event: PointerEvent): void => {
    // A finger leaves whenever it is lifted: what it pointed at stays until it touches something else.
    if (event.pointerType !== 'touch') this.#show(null);
  };

  readonly #down = (event: PointerEvent): void => {
    this.#before = event.pointerType === 'touch' ? (this.#pointed?.row ?? -1) : null;
    this.#show(this.#under(event));
  };

  readonly #choose = (): void => {
    const row = this.#pointed?.row;
    if (row === undefined || (this.#before !== null && this.#before !== row)) return;
    this.#pressRow(row);
  };

  #pressRow(row: number): void {
    const id = this.#reach?.rows[row]?.id;
    if (id !== undefined) this.#press(id);
  }

  readonly #enter = (event: FocusEvent): void => {
    // A press of the mouse gives the focus too, and points itself.
    if (event.currentTarget instanceof HTMLElement && !event.currentTarget.matches(':focus-visible')) return;
    if (this.#reach === null) return;
    this.#show(this.#pointed ?? pointedBeside(this.#reach, null, 'after'));
    this.#tell();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (this.#reach === null) return;
    if (isArrow(event.key)) this.#show(pointedBeside(this.#reach, this.#pointed, keys[event.key]));
    else if (event.key === 'Escape') this.#show(null);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (this.#pointed !== null) this.#pressRow(this.#pointed.row);
    } else return;
    event.preventDefault();
    this.#tell();
  };
}
