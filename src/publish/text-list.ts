/** Texts that things have in common, each once and in order, and how many have each. */
export class TextList<Thing> {
  readonly all: readonly string[];
  readonly #of: (thing: Thing) => readonly string[];
  readonly #counts = new Map<string, number>();
  readonly #places: ReadonlyMap<string, number>;

  constructor(things: ReadonlyMap<string, Thing>, of: (thing: Thing) => readonly string[]) {
    this.#of = of;
    for (const thing of things.values()) this.#count(thing, 1);
    this.all = [...this.#counts.keys()].sort();
    this.#places = new Map(this.all.map((text, at) => [text, at]));
  }

  /** The places of some texts in the list. */
  at(texts: readonly string[]): readonly number[] {
    return texts.map((text) => this.#places.get(text) ?? -1);
  }

  /**
   * The list of the things as they are now, where this one is of what they were before: itself where it is the same texts. It is
   * not to be asked about the older things again.
   */
  after(before: ReadonlyMap<string, Thing>, now: ReadonlyMap<string, Thing>): TextList<Thing> {
    let isMore = false;
    for (const [name, thing] of now) {
      const was = before.get(name);
      if (was === thing) continue;
      isMore ||= this.#of(thing).some((text) => !this.#places.has(text));
      this.#count(thing, 1);
      if (was !== undefined) this.#count(was, -1);
    }
    for (const [name, thing] of before) if (!now.has(name)) this.#count(thing, -1);
    const isSame = !isMore && this.#counts.size === this.all.length;
    return isSame ? this : new TextList(now, this.#of);
  }

  #count(thing: Thing, by: 1 | -1): void {
    for (const text of this.#of(thing)) {
      const count = (this.#counts.get(text) ?? 0) + by;
      if (count === 0) this.#counts.delete(text);
      else this.#counts.set(text, count);
    }
  }
}
