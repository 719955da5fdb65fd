/** A block of serial numbers of one series, both ends included. */
export interface SerialBlock {
  readonly series: string;
  readonly first: bigint;
  readonly last: bigint;
}

const one = /^([A-Za-z0-9][A-Za-z0-9-]{0,40}):(\d{1,18})-(\d{1,18})$/;

/** Blocks such as `SHEA-2019:1-500,SHEA-2019:700-900`, in order, none overlapping; null when the text is not that. */
export function readSerials(text: string): readonly SerialBlock[] | null {
  const blocks: SerialBlock[] = [];
  for (const part of text.replaceAll(/\s/g, '').split(',')) {
    const match = one.exec(part);
    if (match === null) return null;
    const [first, last] = [BigInt(match[2] ?? ''), BigInt(match[3] ?? '')];
    if (first > last || first === 0n) return null;
    blocks.push({ series: match[1] ?? '', first, last });
  }
  const joined = join(blocks);
  return countSerials(joined) === countSerials(blocks) ? joined : null;
}

export function countSerials(blocks: readonly SerialBlock[]): bigint {
  return blocks.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** In order, touching and overlapping blocks made one. */
export function join(blocks: readonly SerialBlock[]): readonly SerialBlock[] {
  const sorted = [...blocks].sort((a, b) =>
    a.series !== b.series ? (a.series < b.series ? -1 : 1) : a.first < b.first ? -1 : 1,
  );
  const made: SerialBlock[] = [];
  for (const block of sorted) {
    const before = made.at(-1);
    if (before?.series === block.series && block.first <= before.last + 1n)
      made[made.length - 1] = { ...before, last: larger(block.last, before.last) };
    else made.push(block);
  }
  return made;
}

/** What is left of `from` without `taken`; null when `taken` is not wholly in `from`. */
export function without(
  from: readonly SerialBlock[],
  taken: readonly SerialBlock[],
): readonly SerialBlock[] | null {
  let left = join(from);
  for (const { series, first, last } of taken) {
    const holds = left.find((each) => each.series === series && each.first <= first && each.last >= last);
    if (holds === undefined) return null;
    left = left.flatMap((each) =>
      each !== holds
        ? [each]
        : [
            ...(each.first < first ? [{ ...each, last: first - 1n }] : []),
            ...(each.last > last ? [{ ...each, first: last + 1n }] : []),
          ],
    );
  }
  return left;
}

export function serialsText(blocks: readonly SerialBlock[]): string {
  return blocks.map(({ series, first, last }) => `${series}:${first}-${last}`).join(',');
}

/**
 * Who holds which serials, by replaying moves in order. A boundary holder issues what nobody ever held; whatever was
 * issued once is in exactly one place for ever.
 */
export class SerialHoldings {
  readonly #held = new Map<string, readonly SerialBlock[]>();
  #issued: readonly SerialBlock[] = [];

  /** The same holdings, to be moved on by themselves. */
  copy(): SerialHoldings {
    const copy = new SerialHoldings();
    copy.#issued = this.#issued;
    for (const [holder, blocks] of this.#held) copy.#held.set(holder, blocks);
    return copy;
  }

  holdings(holder: string): readonly SerialBlock[] {
    return this.#held.get(holder) ?? [];
  }

  /** Moves blocks; the fault in words when that cannot be. */
  move(blocks: readonly SerialBlock[], from: string, to: string, issues: boolean): string | null {
    if (issues) {
      if (
        countSerials(join([...this.#issued, ...blocks])) !==
        countSerials(this.#issued) + countSerials(blocks)
      )
        return `some of ${serialsText(blocks)} were issued before`;
      this.#issued = join([...this.#issued, ...blocks]);
    } else {
      const left = without(this.holdings(from), blocks);
      if (left === null) return `${from} does not hold all of ${serialsText(blocks)}`;
      this.#held.set(from, left);
    }
    this.#held.set(to, join([...this.holdings(to), ...blocks]));
    return null;
  }
}

/** Math.max knows no bigint. */
function larger(a: bigint, b: bigint): bigint {
  return [a, b].sort((x, y) => (x < y ? 1 : -1))[0] ?? a;
}
