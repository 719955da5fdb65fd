import type { Area, Boundary, BoundaryGeometry, Localized, SubmittedFile } from '../../model/index.ts';
import { foreignText } from '../foreign/delimited.ts';
import { geoFeatures } from '../foreign/geo.ts';
import { areaIdOf, Identifiers, identifierOf } from '../foreign/identifier.ts';
import { joinedOutline, outlineOf } from '../foreign/outline.ts';
import type { Layer } from './configuration.ts';
import type { DataFile } from './data-file.ts';
import type { Dictionary } from './dictionary.ts';
import type { Oddities } from './oddities.ts';

/** Names that columns about places have. Only such a column, or one with a value of its own for each code, names areas. */
const aboutPlaces =
  /area|region|country|count[yi]|ward|district|city|cities|authorit|municip|council|territor|comarca|land\b|kreis|gemeinde|provin|state|neighbou?rhood|place|location|geograph|gebiet|borough|lsoa|nation|zone|locality|village|town|oblast|raion|marz|departament|barrio|canton|prefecture|地区|区县|市|область|регион|մարզ/i;

/** Columns of one file that say in words what its codes say: their text is the area's name, not a breakdown. */
export function columnsOfCodes({ roles, rows }: DataFile): readonly number[] {
  if (roles === null || roles.geoCode === null) return [];
  const codes = new Set(rows.flatMap(({ geoCode }) => (geoCode === '' ? [] : [geoCode])));
  if (codes.size === 0) return [];
  return roles.breakdowns.flatMap(({ name }, at) => {
    const byCode = new Map<string, string>();
    for (const { geoCode, breakdown } of rows) {
      const text = breakdown[at] ?? '';
      if (geoCode === '' && text !== '') return [];
      if (geoCode === '') continue;
      const before = byCode.get(geoCode);
      if (before !== undefined && before !== text) return [];
      byCode.set(geoCode, text);
    }
    const texts = new Set([...byCode.values()].filter((text) => text !== ''));
    const oneEach = texts.size === codes.size && codes.size > 2;
    return texts.size > 0 && (oneEach || aboutPlaces.test(name)) ? [at] : [];
  });
}

interface Known {
  name: Localized | null;
  parent: string | null;
  inLayer: boolean;
}

/** The areas of a repository: codes in data files and features of its map layers. */
export class AreaBook {
  readonly #ids: Identifiers;
  readonly #known = new Map<string, Known>();
  readonly #city: string;
  readonly #oddities: Oddities;
  readonly boundaries: Boundary[] = [];

  constructor(city: string, oddities: Oddities) {
    this.#city = city;
    this.#oddities = oddities;
    this.#ids = new Identifiers(areaIdOf);
    this.#ids.of(city);
  }

  id(code: string): string {
    if (code === '') return this.#city;
    this.#see(code);
    return this.#ids.of(code);
  }

  #see(code: string): Known {
    let known = this.#known.get(code);
    if (known === undefined) {
      known = { name: null, parent: null, inLayer: false };
      this.#known.set(code, known);
    }
    return known;
  }

  /** Takes names and nesting from the columns that go with the codes of a file: `England, North East` lies in `England`. */
  takeFile(file: DataFile, columns: readonly number[], dictionary: Dictionary): void {
    const byPath = new Map<string, string>();
    const paths = new Map<string, readonly string[]>();
    for (const { geoCode, breakdown } of file.rows) {
      if (geoCode === '' || paths.has(geoCode)) continue;
      const path = columns.map((at) => breakdown[at] ?? '').filter((text) => text !== '');
      paths.set(geoCode, path);
      byPath.set(path.join('\u0000'), geoCode);
    }
    for (const [code, path] of paths) {
      const known = this.#see(code);
      const last = path.at(-1);
      if (known.name === null && last !== undefined) known.name = dictionary.label(last);
      else if (
        last !== undefined &&
        known.name !== null &&
        !known.inLayer &&
        known.name.en !== dictionary.label(last).en
      )
        this.#oddities.note(
          'area.names',
          { file: file.path },
          `the code ${code} is called '${last}' here and '${known.name.en}' elsewhere`,
          'an area has one name; the first is kept',
          'use one name',
        );
      for (let length = path.length - 1; length > 0 && known.parent === null; length -= 1) {
        const above = byPath.get(path.slice(0, length).join('\u0000'));
        if (above !== undefined && above !== code) known.parent = above;
      }
    }
  }

  /** Takes a map layer: outlines of every feature, and names of areas. */
  takeLayer(
    file: SubmittedFile,
    layer: Layer | null,
    dictionary: Dictionary,
  ): { features: number; reason: Localized | null } {
    const read = geoFeatures(foreignText(file.bytes).text);
    if ('fault' in read)
      return { features: 0, reason: { en: read.fault, zh: `文件无法读取（${read.fault}）` } };
    const { features } = read;
    const idOf =
      layer?.idProperty ??
      this.#guess(
        features.map(({ properties }) => properties),
        true,
      );
    const nameOf =
      layer?.nameProperty ??
      this.#guess(
        features.map(({ properties }) => properties),
        false,
      );
    const kept = new Map<string, BoundaryGeometry>();
    features.forEach(({ id, properties, geometry }, at) => {
      const wrong = (what: string, why: string, mend: string) =>
        this.#oddities.warn(
          'boundary.feature',
          { file: file.path, pointer: `/features/${at}` },
          `feature ${at + 1} ${what}`,
          why,
          mend,
        );
      const code = textOf(idOf === null ? id : (properties[idOf] ?? id));
      if (code === '') {
        wrong(
          `has no ${idOf ?? 'id'}`,
          'an outline belongs to an area by its code',
          'give each feature its code',
        );
        return;
      }
      const known = this.#see(code);
      const name = textOf(nameOf === null ? null : properties[nameOf]);
      if (name !== '') known.name = dictionary.label(name);
      const read = outlineOf(geometry);
      if ('fault' in read) {
        wrong(
          `(${code}) ${read.fault}`,
          'the area is kept, without an outline',
          'give it a polygon in longitude and latitude, and import again',
        );
        return;
      }
      known.inLayer = true;
      const before = kept.get(code);
      if (before !== undefined)
        wrong(
          `has the code ${code} of one before it`,
          'an area has one outline: both were taken as its parts',
          'give each area its own code, if they are two',
        );
      kept.set(code, before === undefined ? read.outline : joinedOutline(before, read.outline));
    });
    if (kept.size === 0)
      return {
        features: 0,
        reason: { en: 'no feature has a code and an outline', zh: '没有一个要素同时有代码和轮廓' },
      };
    this.boundaries.push({
      id: identifierOf(layer?.folder ?? file.path.replace(/^.*\//, '').replace(/\.[a-z]+$/i, '')),
      source: file.path,
      features: [...kept].map(([code, geometry]) => ({ area: this.#ids.of(code), geometry })),
    });
    return { features: kept.size, reason: null };
  }

  /** The property that holds most known codes; for names, one that is called so. */
  #guess(all: readonly Readonly<Record<string, unknown>>[], code: boolean): string | null {
    const keys = [...new Set(all.flatMap((each) => Object.keys(each)))];
    if (code) {
      const hits = keys.map((key) => ({
        key,
        count: all.filter((each) => this.#known.has(textOf(each[key]))).length,
      }));
      const best = hits.sort((a, b) => b.count - a.count)[0];
      if (best !== undefined && best.count > 0) return best.key;
      return keys.find((key) => /^(?:geocode|code|id|.*cd|ags|nuts|gen_id|geoid)$/i.test(key)) ?? null;
    }
    return keys.find((key) => /^(?:name|name_en|nombre|nom|.*nm|gen|title|label)$/i.test(key)) ?? null;
  }

  areas(city: Localized, kind: Area['kind'] = 'city'): readonly Area[] {
    const anyLayer = this.boundaries.length > 0;
    const areas: Area[] = [{ id: this.#city, name: city, kind }];
    for (const [code, { name, parent, inLayer }] of this.#known) {
      const id = this.#ids.of(code);
      if (id === this.#city) continue;
      const above = parent === null ? null : this.#ids.of(parent);
      const inCity = above === null && (inLayer || !anyLayer);
      areas.push({
        id,
        name: name ?? { en: code, zh: '' },
        kind: inCity || above === this.#city ? 'district' : 'other',
        ...(above !== null && above !== id ? { parent: above } : inCity ? { parent: this.#city } : {}),
      });
    }
    return areas.sort((a, b) => (a.id === this.#city ? -1 : b.id === this.#city ? 1 : a.id < b.id ? -1 : 1));
  }
}

/** Some exporters write each property as a list of one. */
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : Array.isArray(value) && value.length === 1 && !Array.isArray(value[0])
        ? textOf(value[0])
        : '';
