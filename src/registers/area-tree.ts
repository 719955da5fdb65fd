import type { Area } from '../model/index.ts';

const deepest = 12;

/** The areas of a place, upwards: what happens in one counts for those above it too. */
export class AreaTree {
  /** The areas right below the place's own. */
  readonly districts: readonly string[];
  readonly #parents: ReadonlyMap<string, string | undefined>;
  readonly #above = new Map<string, readonly string[]>();

  constructor(areas: readonly Area[], own: string) {
    this.#parents = new Map(areas.map(({ id, parent }) => [id, parent]));
    this.districts = areas.filter(({ parent }) => parent === own).map(({ id }) => id);
  }

  /** An area and all above it, as far as they are declared. */
  upwards(area: string): readonly string[] {
    const known = this.#above.get(area);
    if (known !== undefined) return known;
    const found: string[] = [];
    for (
      let at: string | undefined = area;
      at !== undefined && found.length < deepest;
      at = this.#parents.get(at)
    )
      if (this.#parents.has(at)) found.push(at);
    this.#above.set(area, found);
    return found;
  }
}
