type Words = Readonly<Record<string, string>>;
interface Clash {
  readonly mine: string;
  readonly theirs: string;
}
interface Answer {
  readonly outcome: 'saved' | 'merged' | 'unchanged' | 'conflict' | 'refused';
  readonly version?: number;
  readonly text?: string;
  readonly why?: string;
  readonly clashes?: readonly Clash[];
  readonly both?: string;
  readonly aside?: number;
  readonly html?: string;
  readonly notes?: string;
  readonly findings?: string;
}
interface Standing {
  readonly version: number;
  readonly name: string;
  readonly others: readonly string[];
}
/** What this browser keeps until the server has said that it has it. */
interface Kept {
  readonly base: number;
  readonly text: string;
  readonly save: string;
  readonly settles: readonly number[];
}

/** Waits, ms: after the last key before the preview and before a save; between tries; between looks for others. */
const wait = { preview: 400, key: 1200, again: 3000, look: 4000 } as const;

/**
 * The editor of a section over a form that works without it: saves as one types, keeps what is not acknowledged in this
 * browser, sends it again when the connection is back, and lets both sides of a clash be chosen from.
 */
export class Writer extends HTMLElement {
  #words: Words = {};
  #base = 0;
  #saved = '';
  #settles: readonly number[] = [];
  #save = '';
  #sending = false;
  #clash = false;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #previewTimer: ReturnType<typeof setTimeout> | undefined;
  #lookTimer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const field = this.#field();
    if (field === null) return;
    const words: Words = JSON.parse(this.getAttribute('words') ?? '{}');
    this.#words = words;
    this.#base = Number(this.#input('base')?.value ?? '0');
    this.#settles = [...this.querySelectorAll<HTMLInputElement>('.w-form input[name=settles]')].map((each) =>
      Number(each.value),
    );
    // What the server sent back unsaved is a clash to be mended by hand: the form does that, and so does a save from here.
    this.#saved = this.#settles.length > 0 ? '' : field.value;
    this.#tools();
    if (this.getAttribute('writes') === 'yes') {
      this.#takeUp(field);
      field.addEventListener('input', this.#onInput);
      field.addEventListener('keydown', this.#onKey);
      field.form?.addEventListener('submit', this.#onSubmit);
      window.addEventListener('online', this.#soon);
      window.addEventListener('beforeunload', this.#onLeave);
      document.addEventListener('click', this.#onInsert);
      this.#showTags();
    }
    this.#lookTimer = setInterval(() => void this.#look(), wait.look);
    void this.#look();
  }

  disconnectedCallback(): void {
    clearInterval(this.#lookTimer);
    window.removeEventListener('online', this.#soon);
    window.removeEventListener('beforeunload', this.#onLeave);
    document.removeEventListener('click', this.#onInsert);
  }

  #field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea#w-text');
  }

  #input(name: string): HTMLInputElement | null {
    return this.querySelector(`.w-form input[name=${name}]`);
  }

  get #key(): string {
    return `modelcity:${this.getAttribute('api')}:${this.getAttribute('section')}`;
  }

  #say(state: 'saved' | 'saving' | 'unsaved' | 'offline' | 'conflictState' | 'signedOut', more = ''): void {
    const line = this.querySelector<HTMLElement>('.w-state');
    if (line === null) return;
    line.dataset.state = state;
    line.textContent = `${(this.#words[state] ?? '').replace('{n}', String(this.#base))}${more === '' ? '' : ` ${more}`}`;
  }

  /** Puts back what an earlier page of this browser could not save. */
  #takeUp(field: HTMLTextAreaElement): void {
    const kept = localStorage.getItem(this.#key);
    if (kept === null) {
      this.#say('saved');
      return;
    }
    const { base, text, save, settles }: Kept = JSON.parse(kept);
    if (text === field.value) {
      localStorage.removeItem(this.#key);
      this.#say('saved');
      return;
    }
    field.value = text;
    this.#base = base;
    this.#save = save;
    this.#settles = settles;
    this.#say('unsaved');
    this.#later(50);
  }

  #isDirty(): boolean {
    return this.#field()?.value !== this.#saved;
  }

  #keep(): void {
    const kept: Kept = {
      base: this.#base,
      text: this.#field()?.value ?? '',
      save: this.#save,
      settles: this.#settles,
    };
    localStorage.setItem(this.#key, JSON.stringify(kept));
  }

  readonly #onInput = (): void => {
    // Each change is an act of saving with a name of its own: sent twice it is known again.
    this.#save = crypto.randomUUID();
    this.#keep();
    if (this.#clash) return;
    const line = this.querySelector<HTMLElement>('.w-state');
    if (line?.dataset.state !== 'offline') this.#say('unsaved');
    this.#later(wait.key);
    clearTimeout(this.#previewTimer);
    this.#previewTimer = setTimeout(() => void this.#preview(), wait.preview);
  };

  readonly #soon = (): void => this.#later(50);

  #later(ms: number): void {
    clearTimeout(this.#saveTimer);
    if (this.#isDirty() && !this.#clash) this.#saveTimer = setTimeout(() => void this.#send(), ms);
  }

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.#isDirty() && this.#save !== '') event.preventDefault();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const act = event.submitter instanceof HTMLButtonElement ? event.submitter.value : 'save';
    if (act === 'preview') void this.#preview();
    else {
      this.#clash = false;
      if (this.#save === '') this.#save = crypto.randomUUID();
      void this.#send();
    }
  };

  async #call(path: string, body: object): Promise<Answer | 'signed-out' | null> {
    try {
      const response = await fetch(`${this.getAttribute('api')}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (response.status === 401 || response.status === 403) return 'signed-out';
      return response.status >= 500 ? null : await response.json();
    } catch {
      return null;
    }
  }

  async #send(): Promise<void> {
    const field = this.#field();
    if (field === null || this.#sending) return;
    const text = field.value;
    const [base, save, settles] = [
      this.#base,
      this.#save === '' ? crypto.randomUUID() : this.#save,
      this.#settles,
    ];
    this.#sending = true;
    this.#say('saving');
    const section = this.getAttribute('section') ?? '';
    const shown = this.getAttribute('shown') ?? 'en';
    const answer = await this.#call('save', { section, base, text, save, settles, shown });
    this.#sending = false;
    if (answer === null || answer === 'signed-out') {
      this.#say(answer === null ? 'offline' : 'signedOut');
      return this.#later(wait.again);
    }
    if (answer.outcome === 'conflict') return this.#choose(answer);
    if (answer.outcome === 'refused') {
      this.#say('unsaved', this.#words[`refused_${answer.why ?? ''}`] ?? answer.why ?? '');
      return;
    }
    const now = answer.text ?? text;
    this.#settles = [];
    this.#saved = now;
    if (field.value === text) {
      if (now !== text && now !== text.trim()) this.#put(field, now);
      else this.#saved = field.value;
      this.#base = answer.version ?? base;
      localStorage.removeItem(this.#key);
      this.#say(
        'saved',
        answer.outcome === 'merged' ? (this.#words.mergedNow ?? '').replace('{n}', String(this.#base)) : '',
      );
    } else {
      // Typed on meanwhile: what is in the field began from the version that was sent, others' text comes with the next save.
      if (answer.outcome !== 'merged') this.#base = answer.version ?? base;
      this.#keep();
      this.#later(wait.key);
    }
    this.#show(answer);
  }

  /** Puts a text into the field and leaves the caret among the same words. */
  #put(field: HTMLTextAreaElement, text: string): void {
    const [before, end] = [field.value, field.selectionEnd];
    let same = 0;
    while (same < end && before[same] === text[same]) same += 1;
    const tail = before.slice(end, end + 40);
    const found = tail === '' ? text.length : text.indexOf(tail, same);
    field.value = text;
    const caret = same === end ? end : found < 0 ? text.length : found;
    field.setSelectionRange(caret, caret);
  }

  async #preview(): Promise<void> {
    const section = this.getAttribute('section') ?? '';
    const shown = this.getAttribute('shown') ?? 'en';
    const answer = await this.#call('preview', {
      section,
      base: this.#base,
      text: this.#field()?.value ?? '',
      shown,
    });
    if (answer !== null && answer !== 'signed-out') this.#show(answer);
  }

  /** Parts of the page that the server has drawn; all text in them is escaped there. */
  #show({ html, notes, findings }: Answer): void {
    for (const [name, part] of [
      ['.w-preview', html],
      ['.w-notes', notes],
      ['.w-findings', findings],
    ] as const) {
      const place = this.querySelector(name);
      if (place !== null && part !== undefined) place.innerHTML = part;
    }
  }

  /** Both sides of a clash, to be chosen from; until then nothing is sent. */
  #choose({ clashes = [], both = '', version = this.#base, aside }: Answer): void {
    this.#clash = true;
    this.#say('conflictState');
    this.#keep();
    const place = this.querySelector('.w-clashes');
    if (place === null) return;
    place.replaceChildren();
    let text = both;
    const left = new Set(clashes);
    for (const clash of clashes) {
      const row = document.createElement('div');
      row.className = 'two w-clash';
      for (const side of ['theirs', 'mine'] as const) {
        const part = document.createElement('div');
        const name = document.createElement('strong');
        name.textContent = this.#words[side === 'mine' ? 'mine' : 'theirsPlain'] ?? '';
        const quote = document.createElement('blockquote');
        quote.textContent = clash[side];
        part.append(name, quote);
        row.append(part);
      }
      const acts = document.createElement('p');
      acts.className = 'acts';
      const twice = [clash.theirs, clash.mine].filter((each) => each !== '').join('\n\n');
      for (const [word, kept] of [
        ['keepMine', clash.mine],
        ['takeTheirs', clash.theirs],
        ['keepBoth', twice],
      ] as const) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = this.#words[word] ?? word;
        button.addEventListener('click', () => {
          text = text.replace(twice, () => kept);
          row.remove();
          left.delete(clash);
          if (left.size === 0) this.#settle(text, version, aside);
        });
        acts.append(button);
      }
      row.append(acts);
      place.append(row);
    }
    place.querySelector('button')?.focus();
  }

  #settle(text: string, version: number, aside: number | undefined): void {
    const field = this.#field();
    if (field === null) return;
    this.#clash = false;
    this.#base = version;
    this.#settles = aside === undefined ? [] : [aside];
    this.#save = crypto.randomUUID();
    field.value = text;
    field.focus();
    this.#keep();
    void this.#send();
  }

  async #look(): Promise<void> {
    try {
      const query = new URLSearchParams({ section: this.getAttribute('section') ?? '' });
      const response = await fetch(`${this.getAttribute('api')}state?${query}`);
      if (!response.ok) return;
      const { version, name, others }: Standing = await response.json();
      const line = this.querySelector('.w-here');
      if (line === null) return;
      const who =
        others.length === 0 ? this.#words.nobody : this.#words.others?.replace('{who}', others.join(', '));
      const isNewer = version > this.#base && !this.#sending;
      const newer = isNewer ? this.#words.newer?.replace('{who}', name).replace('{n}', String(version)) : '';
      const text = `${who ?? ''} ${newer ?? ''}`.trim();
      if (line.textContent !== text) line.textContent = text;
    } catch {
      // No connection: the state of saving says so as soon as there is something to save.
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key === 's') this.#field()?.form?.requestSubmit();
    else if (key === 'b') this.#wrap('**', '**');
    else if (key === 'i') this.#wrap('*', '*');
    else if (key === 'k') document.querySelector<HTMLInputElement>('.w-insert input[name=q]')?.focus();
    else return;
    event.preventDefault();
  };

  #wrap(before: string, after: string): void {
    const field = this.#field();
    if (field === null) return;
    const { selectionStart: from, selectionEnd: to } = field;
    const chosen = field.value.slice(from, to);
    field.setRangeText(`${before}${chosen}${after}`, from, to, 'end');
    if (chosen === '') field.setSelectionRange(from + before.length, from + before.length);
    field.focus();
    this.#onInput();
  }

  #tools(): void {
    const bar = this.querySelector<HTMLElement>('.w-tools');
    if (bar === null || this.getAttribute('writes') !== 'yes') return;
    bar.hidden = false;
    for (const [word, before, after] of [
      ['bold', '**', '**'],
      ['italic', '*', '*'],
      ['heading', '\n## ', '\n'],
      ['list', '\n- ', ''],
      ['quote', '\n> ', ''],
      ['say', '{% say %}', '{% /say %}'],
    ] as const) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = this.#words[word] ?? word;
      button.addEventListener('click', () => this.#wrap(before, after));
      bar.append(button);
    }
  }

  /** A button beside each tag that was found. */
  #showTags(): void {
    for (const code of document.querySelectorAll<HTMLElement>('.w-choices code.w-tag')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.tag = code.textContent ?? '';
      button.textContent = this.#words.insertThis ?? '';
      code.after(' ', button);
    }
  }

  readonly #onInsert = (event: MouseEvent): void => {
    const tag = event.target instanceof HTMLElement ? event.target.dataset.tag : undefined;
    if (tag === undefined) return;
    const field = this.#field();
    // Nobody has stood in the text yet: its end is meant, not before its title.
    if (field?.selectionStart === 0 && field.selectionEnd === 0)
      field.setSelectionRange(field.value.length, field.value.length);
    const isBlock = /^\{% (?:chart|table) /.test(tag);
    const touches = /[\w.,;:]/.test(field?.value[field.selectionStart - 1] ?? '');
    this.#wrap(isBlock ? `\n\n${tag}\n\n` : touches ? ` ${tag}` : tag, '');
  };
}
