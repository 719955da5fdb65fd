import { type Framework, type Indicator, parseUnit, type Unit } from '../model/index.ts';

/**
 * What the rest of a workspace may refer to. A part is null when the file that declares it could not be read: then
 * nothing is said about references to it, so that one broken file does not make every row look wrong.
 */
export interface Known {
  readonly areas: ReadonlySet<string> | null;
  readonly sources: ReadonlyMap<string, string> | null;
  readonly dimensions: ReadonlyMap<string, ReadonlySet<string>> | null;
  /** Every declared id; those whose declaration is faulty have no entry in `indicators`. */
  readonly indicatorIds: ReadonlySet<string> | null;
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** The ids of each framework's criteria. */
  readonly frameworks: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Columns of the tables: no dimension can have such an id. */
export const reservedColumns: ReadonlySet<string> = new Set(
  'indicator area period value unit source locator status reason_en reason_zh qualifier ref note base_period comparator kind from to'.split(
    ' ',
  ),
);

/** What a plan may say that it helps to meet: criteria by framework. */
export const criteriaOf = (frameworks: readonly Framework[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(frameworks.map(({ id, criteria }) => [id, new Set(criteria.map((each) => each.id))]));

const noUnit: Unit | null = null;

/** The unit in which an indicator is kept; null when the indicator is not known. */
export function indicatorUnit(known: Known, indicator: string): Unit | null {
  const declared = known.indicators.get(indicator);
  return declared === undefined ? noUnit : parseUnit(declared.unit);
}
