import { type City, citySchema, contrastOf, leastContrast, papers } from '../model/index.ts';
import { cleanEmblem } from './emblem.ts';
import type { FindingList } from './finding-list.ts';
import { type Known, reservedColumns } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import type { YamlFile } from './yaml-tree.ts';

/** Reads `city.yaml`; null with findings when it does not fit. */
export function readCity(yaml: YamlFile, findings: FindingList): Shaped<City> | null {
  return shapeYaml(yaml, yaml.root, citySchema, findings);
}

/** What the city declares, for references from other files. */
export function knownOfCity(city: City): Pick<Known, 'areas' | 'sources' | 'dimensions'> {
  return {
    areas: new Set(city.areas.map(({ id }) => id)),
    sources: new Map(city.sources.map(({ id, date }) => [id, date])),
    dimensions: new Map(
      [...city.dimensions]
        .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
        .map(({ id, values }) => [id, new Set(values.map((value) => value.id))]),
    ),
  };
}

export function checkCity(shaped: Shaped<City>, known: Known, findings: FindingList): void {
  const city = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  check.unique('area', ['areas'], city.areas);
  check.tree('area', ['areas'], city.areas);
  check.area(['area'], city.area);
  check.unique('source', ['sources'], city.sources);
  check.unique('dimension', ['dimensions'], city.dimensions);
  city.dimensions.forEach(({ id, values }, at) => {
    check.unique('dimension value', ['dimensions', at, 'values'], values);
    check.tree('dimension value', ['dimensions', at, 'values'], values);
    if (reservedColumns.has(id))
      check.error('dimension.reserved', ['dimensions', at, 'id'], {
        what: `a dimension cannot be called ${quote(id)}`,
        why: 'a dimension is a column of the tables, and a column of this name is there already',
        mend: 'choose another id',
      });
  });
  new Set(city.languages).size === city.languages.length ||
    check.error('language.duplicate', ['languages'], {
      what: 'a language is listed twice',
      why: 'each stands once, the first is the main one',
      mend: 'delete one',
    });
  if (city.synthetic !== undefined && city.partOf !== undefined)
    check.error('city.synthetic-part', ['partOf'], {
      what: 'a place that a program made up is part of no city',
      why: 'its figures would be added to what was observed',
      mend: 'delete partOf',
    });
  if (city.partOf === city.id)
    check.error('city.part-of-itself', ['partOf'], {
      what: 'the place is part of itself',
      why: 'partOf names the workspace of the city above',
      mend: 'delete partOf, or name the other workspace',
    });
  checkTiles(city, check);
  check.unique('news', ['news'], city.news ?? []);
  city.news?.forEach(({ indicators = [] }, at) => {
    indicators.forEach((id, of) => {
      check.indicator(['news', at, 'indicators', of], id);
    });
  });
  check.unique('release', ['releases'], city.releases ?? []);
  city.releases?.forEach(({ indicators = [] }, at) => {
    indicators.forEach((id, of) => {
      check.indicator(['releases', at, 'indicators', of], id);
    });
  });
  checkBrand(city, shaped, findings);
}

/** Colours are used only where they can be read: a weak one is told, and the page keeps its own. */
function checkBrand({ brand }: City, shaped: Shaped<City>, findings: FindingList): void {
  if (brand?.emblem !== undefined && cleanEmblem(brand.emblem) === null)
    findings.error('city.emblem', shaped.place(['brand', 'emblem']), {
      what: 'the emblem is neither an SVG nor a PNG',
      why: 'it is shown on every page',
      mend: 'leave it out here and put emblem.svg or emblem.png beside city.yaml',
    });
  for (const [key, theme] of [
    ['accent', 'light'],
    ['accentDark', 'dark'],
  ] as const) {
    const colour = brand?.[key];
    if (colour === undefined) continue;
    const contrast = contrastOf(colour, papers[theme]);
    if (contrast < leastContrast)
      findings.warning('city.contrast', shaped.place(['brand', key]), {
        what: `${colour} has a contrast of ${contrast.toFixed(2)} to 1 with the ${theme} page; it is not used there`,
        why: `text must have ${leastContrast} to 1 to be read by all (WCAG 2.2, 1.4.3)`,
        mend: theme === 'light' ? 'choose a darker colour' : 'choose a lighter colour',
      });
  }
}

function checkTiles(city: City, check: ReferenceCheck): void {
  const taken = new Map<string, string>();
  city.tiles?.forEach(({ area, column, row }, at) => {
    check.area(['tiles', at, 'area'], area);
    const square = `${column},${row}`;
    const other = taken.get(square);
    if (other !== undefined)
      check.error('tile.taken', ['tiles', at], {
        what: `the square ${square} holds ${quote(other)} already`,
        why: 'every area has a square of its own',
        mend: 'choose another column or row',
      });
    taken.set(square, area);
  });
}
