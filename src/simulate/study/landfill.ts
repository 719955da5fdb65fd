/** Constants of the IPCC's first-order-decay model (2006 Guidelines, Volume 5, chapter 3, Table 3.1 and 3.3 to 3.5). */
export interface LandfillConstants {
  /** Degradable organic carbon of the waste, as a share of its mass. */
  readonly doc: number;
  /** Share of it that decomposes. */
  readonly docf: number;
  /** Methane correction factor: 1 for a managed site. */
  readonly mcf: number;
  /** Decay rate per year. */
  readonly k: number;
  /** Methane in landfill gas, as a share of volume. */
  readonly f: number;
  readonly oxidation: number;
}

export const wetTemperateBulk: LandfillConstants = {
  doc: 0.15,
  docf: 0.5,
  mcf: 1,
  k: 0.09,
  f: 0.5,
  oxidation: 0.1,
};

export interface LandfillYear {
  readonly deposited: number;
  readonly accumulated: number;
  readonly decomposed: number;
  readonly generated: number;
  readonly emitted: number;
}

/**
 * Methane of a landfill by years (equations 3.2, 3.4 to 3.6, 3.1 of the chapter): what is put away in a year begins to
 * decay the next January. A continuous stock is not this model: it is 42 % too high in the first year.
 *
 * @param waste mass put away in each year
 * @param recovered share of the methane collected, for all years or by year
 * @param before decomposable carbon of earlier years
 */
export function landfillMethane(
  waste: readonly number[],
  constants: LandfillConstants,
  recovered: number | readonly number[] = 0,
  before = 0,
): LandfillYear[] {
  const { doc, docf, mcf, k, f, oxidation } = constants;
  let accumulated = before;
  return waste.map((mass, year) => {
    const deposited = mass * doc * docf * mcf;
    const decomposed = accumulated * (1 - Math.exp(-k));
    accumulated = deposited + accumulated * Math.exp(-k);
    const generated = (decomposed * f * 16) / 12;
    const share = typeof recovered === 'number' ? recovered : (recovered[year] ?? 0);
    return {
      deposited,
      accumulated,
      decomposed,
      generated,
      emitted: generated * (1 - share) * (1 - oxidation),
    };
  });
}
