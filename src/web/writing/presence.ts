/** Who has a section open now. */
export interface Present {
  readonly id: string;
  readonly name: string;
  readonly section: string;
}

/** How long somebody counts as being there after their page last asked, ms. */
const stays = 15_000;
const mostTexts = 2000;

/**
 * Who is in which section: known from the pages that ask, forgotten when they stop. Kept by each process for itself; what
 * keeps two writers from overwriting each other is the version of the text, not this.
 */
export class Presence {
  readonly #texts = new Map<string, Map<string, { readonly person: Present; readonly at: number }>>();

  /** Notes somebody as being in a section of a text, and tells who else is in that text. */
  meet(text: string, person: Present, now: number): readonly Present[] {
    if (this.#texts.size >= mostTexts && !this.#texts.has(text)) this.#texts.clear();
    const here = this.#texts.get(text) ?? new Map();
    this.#texts.set(text, here);
    for (const [id, { at }] of here) if (now - at > stays) here.delete(id);
    here.set(person.id, { person, at: now });
    return [...here.values()].flatMap(({ person: other }) => (other.id === person.id ? [] : [other]));
  }
}
