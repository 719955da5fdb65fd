import { html, LitElement } from 'lit';
import { cellsOfPaste, type GridPart, gridParts } from './paste.ts';

interface Words {
  readonly saving: string;
  readonly saved: string;
  readonly unsaved: string;
  readonly offline: string;
  readonly conflict: string;
  readonly mine: string;
  readonly theirs: string;
  readonly notYours: string;
  readonly closed: string;
}
interface Result {
  readonly indicator: string;
  readonly breakdown: string;
  readonly outcome: 'saved' | 'unchanged' | 'conflict' | 'refused';
  readonly seq?: number;
  readonly why?: string;
  readonly findings?: readonly { readonly message: string; readonly mend: string; readonly stops: boolean }[];
  readonly theirs?: { readonly value: string; readonly reason: string; readonly enteredBy: string };
}
type Kept = Readonly<Record<string, Readonly<Record<GridPart, string>>>>;

/** Wait after the last key before a cell is saved, ms; and between tries while there is no connection. */
const wait = { key: 700, again: 4000 } as const;

/**
 * A request sheet that saves as one types: over a form that works without it. Enter and the arrow keys go from row to
 * row, a block pasted from a spreadsheet fills cells from where one stands. What is not saved yet is kept in this browser
 * until it is, whatever happens to page or connection. A cell that somebody else changed shows both values.
 */
export class Grid extends LitElement {
  static override properties = {
    api: { type: String },
    area: { type: String },
    department: { type: String },
    words: { type: Object },
    state: { state: true },
    waiting: { state: true },
  };
  declare api: string;
  declare area: string;
  declare department: string;
  declare words: Words;
  declare state: 'saved' | 'unsaved' | 'saving' | 'offline';
  declare waiting: number;

  readonly #dirty = new Map<HTMLTableRowElement, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;

  constructor() {
    super();
    this.state = 'saved';
    this.waiting = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('input', this.#onInput);
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('paste', this.#onPaste);
    this.addEventListener('focusout', this.#soon);
    window.addEventListener('online', this.#soon);
    window.addEventListener('beforeunload', this.#onLeave);
    this.#takeUp();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#soon);
    window.removeEventListener('beforeunload', this.#onLeave);
  }

  protected override render() {
    const { words, state, waiting } = this;
    const text =
      state === 'offline'
        ? words.offline.replace('{n}', String(waiting))
        : words[state === 'saved' ? 'saved' : state === 'saving' ? 'saving' : 'unsaved'];
    return html`<p class="saved-state" role="status" data-state=${state}>${text}</p>`;
  }

  get #key(): string {
    return `modelcity:${this.api}:${this.area}:${this.department}`;
  }

  /** Puts back what an earlier page of this browser could not save. */
  #takeUp(): void {
    const kept = localStorage.getItem(this.#key);
    if (kept === null) return;
    const cells: Kept = JSON.parse(kept);
    for (const row of this.#rows()) {
      const typed = cells[rowName(row)];
      if (typed === undefined) continue;
      for (const part of gridParts) {
        const input = inputOf(row, part);
        if (input !== null) input.value = typed[part] ?? '';
      }
      this.#mark(row);
    }
    this.#soon();
  }

  #keep(): void {
    const cells: Record<string, Record<GridPart, string>> = {};
    for (const row of this.#dirty.keys()) cells[rowName(row)] = typedIn(row);
    if (this.#dirty.size === 0) localStorage.removeItem(this.#key);
    else localStorage.setItem(this.#key, JSON.stringify(cells));
    this.waiting = this.#dirty.size;
  }

  #rows(): readonly HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>('tr[data-indicator]')];
  }

  #mark(row: HTMLTableRowElement): void {
    // Each change of a cell is an act of saving with a name of its own: sent twice it is known again.
    this.#dirty.set(row, crypto.randomUUID());
    row.classList.add('unsaved');
    if (this.state !== 'offline') this.state = 'unsaved';
    this.#keep();
  }

  readonly #onInput = (event: Event): void => {
    const row = event.target instanceof HTMLInputElement ? event.target.closest('tr') : null;
    if (row === null) return;
    this.#mark(row);
    this.#later(wait.key);
  };

  readonly #soon = (): void => this.#later(50);

  #later(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#dirty.size > 0) this.#timer = setTimeout(() => void this.#send(), ms);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (!(target instanceof HTMLInputElement) || event.isComposing) return;
    const step =
      key === 'Enter' || key === 'ArrowDown' ? (event.shiftKey ? -1 : 1) : key === 'ArrowUp' ? -1 : 0;
    const part = gridParts.find((each) => target.name.startsWith(`${each}|`));
    if (step === 0 || part === undefined) return;
    event.preventDefault();
    const inputs = this.#rows().flatMap((row) => inputOf(row, part) ?? []);
    const next = inputs[inputs.indexOf(target) + step];
    next?.focus();
    next?.select();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const { target } = event;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!(target instanceof HTMLInputElement) || !/[\t\n]/.test(text.trimEnd())) return;
    const first = target.closest('tr');
    const part = gridParts.find((each) => target.name.startsWith(`${each}|`));
    const rows = this.#rows().filter((row) => inputOf(row, 'value') !== null);
    const at = rows.findIndex((row) => row === first);
    if (part === undefined || at < 0) return;
    event.preventDefault();
    for (const { row, part: column, text: value } of cellsOfPaste(text, part)) {
      const into = rows[at + row];
      const input = into === undefined ? null : inputOf(into, column);
      if (into === undefined || input === null) continue;
      input.value = value;
      this.#mark(into);
    }
    this.#soon();
  };

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.#dirty.size > 0 && this.state !== 'offline') event.preventDefault();
  };

  async #send(): Promise<void> {
    if (this.#sending || this.#dirty.size === 0) return;
    this.#sending = true;
    const sent = new Map(this.#dirty);
    this.state = 'saving';
    const bySave = [...sent].map(([row, save]) => ({ row, save }));
    try {
      // One act of saving for what goes together; its name is that of its first cell, so a repeat is the same.
      const save = bySave.map((each) => each.save).sort()[0] ?? crypto.randomUUID();
      const response = await fetch(this.api, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          save,
          cells: bySave.map(({ row }) => ({
            area: this.area,
            department: this.department,
            indicator: row.dataset.indicator ?? '',
            breakdown: row.dataset.breakdown ?? '',
            expected: Number(row.dataset.seq ?? '0'),
            ...typedIn(row),
          })),
        }),
      });
      if (!response.ok && response.status !== 409) throw new Error(String(response.status));
      const { cells }: { readonly cells: readonly Result[] } = await response.json();
      for (const result of cells) {
        const row = this.#rows().find((each) => rowName(each) === `${result.indicator}|${result.breakdown}`);
        if (row !== undefined) this.#settle(row, result, sent.get(row));
      }
      this.state = this.#dirty.size === 0 ? 'saved' : 'unsaved';
    } catch {
      this.state = 'offline';
      this.#later(wait.again);
    }
    this.#sending = false;
    this.#keep();
    if (this.state !== 'offline' && [...this.#dirty].some(([row, save]) => sent.get(row) !== save))
      this.#later(wait.key);
  }

  /** Shows what came of a cell. What was typed after it was sent stays unsaved. */
  #settle(row: HTMLTableRowElement, result: Result, save: string | undefined): void {
    const told = row.querySelector('.tells');
    told?.replaceChildren();
    row.classList.remove('fault');
    if (result.outcome === 'saved' || result.outcome === 'unchanged') {
      if (result.seq !== undefined) row.dataset.seq = String(result.seq);
      if (this.#dirty.get(row) === save) {
        this.#dirty.delete(row);
        row.classList.remove('unsaved');
      }
    } else row.classList.add('fault');
    for (const finding of result.findings ?? [])
      told?.append(spanOf(finding.stops ? 'fault' : 'warning', `${finding.message} ${finding.mend}`));
    if (result.why === 'not-yours') told?.append(spanOf('fault', this.words.notYours));
    if (result.why === 'closed') told?.append(spanOf('fault', this.words.closed));
    const { theirs } = result;
    if (theirs === undefined) return;
    const value = theirs.value === '' ? theirs.reason : theirs.value;
    const both = spanOf(
      'conflict',
      this.words.conflict.replace('{who}', theirs.enteredBy).replace('{value}', value),
    );
    const choose = (label: string, act: () => void): HTMLButtonElement => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', act);
      return button;
    };
    both.append(
      document.createElement('br'),
      choose(this.words.mine, () => {
        row.dataset.seq = String(result.seq ?? 0);
        this.#mark(row);
        this.#soon();
      }),
      choose(this.words.theirs, () => {
        row.dataset.seq = String(result.seq ?? 0);
        const [input, reason] = [inputOf(row, 'value'), inputOf(row, 'reason')];
        if (input !== null) input.value = theirs.value;
        if (reason !== null) reason.value = theirs.reason;
        this.#dirty.delete(row);
        row.classList.remove('unsaved', 'fault');
        told?.replaceChildren();
        this.state = this.#dirty.size === 0 ? 'saved' : 'unsaved';
        this.#keep();
      }),
    );
    told?.append(both);
  }
}

function spanOf(kind: string, text: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = kind;
  span.textContent = text;
  return span;
}

function rowName(row: HTMLTableRowElement): string {
  return `${row.dataset.indicator ?? ''}|${row.dataset.breakdown ?? ''}`;
}

function inputOf(row: HTMLTableRowElement, part: GridPart): HTMLInputElement | null {
  return row.querySelector<HTMLInputElement>(`input[name^="${part}|"]`);
}

function typedIn(row: HTMLTableRowElement): Record<GridPart, string> {
  const text = (part: GridPart): string => inputOf(row, part)?.value.trim() ?? '';
  return { value: text('value'), reason: text('reason'), note: text('note') };
}
