import type { Claim, Indicator, Observation, SourceDocument, Target, Workspace } from '../../model/index.ts';
import { readForeignTable } from '../foreign/delimited.ts';
import { Identifiers, identifierOf } from '../foreign/identifier.ts';
import type { TableAccount } from './account.ts';
import { AreaBook, columnsOfCodes } from './areas.ts';
import { cityNameOf, licenceOf, type NameOptions } from './city-name.ts';
import type { Configuration } from './configuration.ts';
import type { DataFile } from './data-file.ts';
import { Dimensions } from './dimensions.ts';
import { edgesOf } from './edges.ts';
import { fieldNamesOf } from './field-names.ts';
import { finished, type OpenSdgImport } from './finished.ts';
import { Ledger } from './ledger.ts';
import { IndicatorMetadata, indicatorNumber } from './metadata.ts';
import { dataOf, tellOtherTables } from './read-data.ts';
import { takeLayers } from './read-layers.ts';
import { metadataOf } from './read-metadata.ts';
import { configurationOf, dictionaryOf, tellDictionary } from './read-settings.ts';
import { recordsOf } from './records.ts';
import type { Repository, RepositoryFile } from './repository.ts';
import { indicatorsOf, type SeriesPlan, seriesOf, targetsOf } from './series.ts';
import { sourceOfFile, sourceWithoutData } from './source-document.ts';

export interface OpenSdgOptions extends NameOptions {
  /** Further files of translations, such as those of the sdg-translations repository: paths `<language>/<group>.yml`. */
  readonly translations?: readonly RepositoryFile[] | undefined;
  /** Names of the global indicators for numbers whose own title is not in the repository. */
  readonly names?: ((number: string) => { readonly en: string; readonly zh: string } | null) | undefined;
}

/** A data repository of Open SDG as a workspace. Every row of every table is accounted for. */
export function importOpenSdg(repository: Repository, options: OpenSdgOptions): OpenSdgImport {
  const { files, passedOver } = repository;
  const ledger = new Ledger();
  const configuration = configurationOf(files, ledger);
  const dictionary = dictionaryOf(files, options.translations ?? [], configuration, ledger);
  dictionary.fieldNames = fieldNamesOf(files, configuration, dictionary, ledger);
  const data = dataOf(files, configuration, ledger);
  const metadata = metadataOf(files, configuration, ledger);
  if (data.every(({ rows }) => rows.length === 0) && metadata.size === 0)
    return nothingFound(options.repository, configuration);
  tellOtherTables(files, configuration, ledger);
  const { id, name, area } = cityNameOf(
    files,
    options,
    [...metadata.values()].flatMap((each) => each.get('national_geographical_coverage') ?? []),
    new Set(data.flatMap(({ rows }) => rows.flatMap(({ geoCode }) => (geoCode === '' ? [] : [geoCode])))),
    ledger,
  );
  const areas = new AreaBook(area, ledger.oddities);
  for (const file of data) for (const { geoCode } of file.rows) areas.id(geoCode);
  const placeColumns = new Map(data.map((file) => [file.path, columnsOfCodes(file)]));
  for (const file of data) areas.takeFile(file, placeColumns.get(file.path) ?? [], dictionary);
  takeLayers(files, configuration, areas, dictionary, ledger);

  const byNumber = new Map<string, DataFile[]>();
  for (const number of metadata.keys()) byNumber.set(number, []);
  for (const file of data) {
    const number = indicatorNumber(file.path);
    byNumber.set(number, [...(byNumber.get(number) ?? []), file]);
  }
  const licence = licenceOf(files, options, ledger);
  const dimensions = new Dimensions(dictionary, ledger.oddities);
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const indicators: Indicator[] = [];
  const observations: Observation[] = [];
  const claims: Claim[] = [];
  const targets: Target[] = [];
  const sources = new Map<string, SourceDocument>();
  const tables: TableAccount[] = [];
  const sourceIds = new Identifiers((path) =>
    identifierOf(path.replace(/^data\//, '').replace(/\.csv$/i, '')),
  );
  const bases = new Identifiers((number) => identifierOf(number));
  for (const [number, own] of [...byNumber].sort(([a], [b]) => byNumberOrder(a, b))) {
    const described = metadata.get(number) ?? new IndicatorMetadata();
    const plans = seriesOf(
      number,
      bases.of(number),
      own,
      described,
      dictionary,
      options.names ?? (() => null),
      ledger.oddities,
    );
    indicators.push(...indicatorsOf(plans));
    for (const file of own) {
      const source = sourceOfFile(
        file,
        bytes.get(file.path),
        sourceIds.of(file.path),
        described,
        dictionary,
        licence,
        name,
      );
      sources.set(source.id, source);
      tables.push(tableOf(file, bytes.get(file.path), plans, placeColumns.get(file.path) ?? []));
    }
    const placed = own.map((file) => ({
      file,
      places: placeColumns.get(file.path) ?? [],
      source: sourceIds.of(file.path),
    }));
    const records = recordsOf(placed, plans, areas, dimensions, ledger);
    observations.push(...records.observations);
    claims.push(...records.claims);
    const [file] = own;
    if (file !== undefined)
      targets.push(...targetsOf(described, plans, { area: areas.id(''), source: sourceIds.of(file.path) }));
  }
  const whole: Workspace = {
    city: {
      modelcity: 1,
      id,
      name,
      area: areas.id(''),
      languages:
        dictionary.languages.some((each) => /^zh/.test(each)) || name.zh !== '' ? ['en', 'zh'] : ['en'],
      areas: [...areas.areas(name)],
      sources:
        sources.size === 0 ? [sourceWithoutData(options.repository, licence, name)] : [...sources.values()],
      dimensions: [...dimensions.all],
    },
    indicators,
    observations,
    claims,
    targets,
    frameworks: [],
    plans: [],
    reviews: [],
    ...(areas.boundaries.length === 0 ? {} : { boundaries: areas.boundaries }),
  };
  tellDictionary(dictionary, configuration, ledger);
  tellNames(whole, ledger);
  return finished(whole, tables, { repository: options.repository, files, passedOver }, ledger);
}

function nothingFound(repository: string, configuration: Configuration): OpenSdgImport {
  return {
    files: [],
    account: null,
    findings: [
      {
        rule: 'import.nothing',
        severity: 'error',
        where: { file: repository },
        what: 'there are no data and no metadata of Open SDG in this folder',
        why: `data are looked for at ${configuration.dataPatterns.join(', ')}`,
        mend: 'name the folder of the data repository: the one with config_data.yml, data/ and meta/',
      },
    ],
  };
}

/** How the columns of a data file were read. */
function tableOf(
  file: DataFile,
  bytes: Uint8Array | undefined,
  plans: readonly SeriesPlan[],
  places: readonly number[],
): TableAccount {
  const { roles } = file;
  if (roles === null) return { file: file.path, roles: {}, edges: [], indicators: [] };
  const columns = readForeignTable(bytes ?? new Uint8Array()).columns;
  const one = (at: number | null) => (at === null ? [] : [(columns[at] ?? '').trim()]);
  return {
    file: file.path,
    roles: {
      period: one(roles.period),
      value: one(roles.value),
      unit: one(roles.unit),
      series: one(roles.series),
      area: [...one(roles.geoCode), ...places.map((at) => roles.breakdowns[at]?.name ?? '')],
      status: one(roles.status),
      interval: [...one(roles.lower), ...one(roles.upper)],
      multiplier: one(roles.multiplier),
      note: roles.attributes.map(({ name }) => name),
      breakdown: roles.breakdowns.flatMap(({ name }, at) => (places.includes(at) ? [] : [name])),
    },
    edges: edgesOf(file),
    indicators: plans.map(({ indicator }) => indicator.id),
  };
}

function tellNames({ city, indicators }: Workspace, ledger: Ledger): void {
  const names = [
    city.name,
    ...city.areas.map(({ name }) => name),
    ...indicators.map(({ name }) => name),
    ...city.dimensions.flatMap(({ name, values }) => [name, ...values.map((value) => value.name)]),
  ];
  const missing = names.filter(({ zh }) => zh === '').length;
  if (missing > 0)
    ledger.oddities.note(
      'name.chinese',
      { file: 'translations' },
      `${missing} of ${names.length} names have no Chinese`,
      'pages in Chinese show the English name in their place',
      'add zh to the names in city.yaml and indicators/*.yaml, or give translations that have zh-Hans',
    );
}

function byNumberOrder(a: string, b: string): number {
  const [left, right] = [a.split('-'), b.split('-')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    if (x === y) continue;
    const [m, n] = [Number(x), Number(y)];
    if (x !== '' && y !== '' && Number.isFinite(m) && Number.isFinite(n)) return m - n;
    return x < y ? -1 : 1;
  }
  return 0;
}
