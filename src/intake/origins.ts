/** Where a record was written. */
export interface Origin {
  readonly file: string;
  readonly row: number;
}

/** Records that know where they stand. */
export interface OriginPart {
  readonly size: number;
  addresses(): Iterable<string>;
  origin(address: string): Origin | undefined;
}

/** Where every record of a workspace stands, by its address; made of parts, so that nothing is copied. */
export class Origins implements ReadonlyMap<string, Origin> {
  readonly #declared = new Map<string, Origin>();
  readonly #parts: readonly OriginPart[];

  constructor(parts: readonly OriginPart[]) {
    this.#parts = parts;
  }

  declare(address: string, origin: Origin): void {
    this.#declared.set(address, origin);
  }

  get size(): number {
    return this.#parts.reduce((sum, part) => sum + part.size, this.#declared.size);
  }

  get(address: string): Origin | undefined {
    for (const part of this.#parts) {
      const origin = part.origin(address);
      if (origin !== undefined) return origin;
    }
    return this.#declared.get(address);
  }

  has(address: string): boolean {
    return this.get(address) !== undefined;
  }

  *keys(): MapIterator<string> {
    yield* this.#declared.keys();
    for (const part of this.#parts) yield* part.addresses();
  }

  *values(): MapIterator<Origin> {
    for (const [, origin] of this) yield origin;
  }

  *entries(): MapIterator<[string, Origin]> {
    for (const address of this.keys()) {
      const origin = this.get(address);
      if (origin !== undefined) yield [address, origin];
    }
  }

  [Symbol.iterator](): MapIterator<[string, Origin]> {
    return this.entries();
  }

  forEach(call: (origin: Origin, address: string, map: ReadonlyMap<string, Origin>) => void): void {
    for (const [address, origin] of this) call(origin, address, this);
  }
}
