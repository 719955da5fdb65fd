import {
  type Claim,
  type Dimension,
  type Finding,
  type Indicator,
  type Localized,
  type Observation,
  observationAddress,
  type SourceDocument,
  type SubmittedFile,
  type Target,
  type Workspace,
} from '../../model/index.ts';
import { claimAddress, sha256Hex } from '../../store/index.ts';
import { workspaceFiles } from '../export.ts';
import { foreignText, readForeignTable } from '../foreign/delimited.ts';
import { Identifiers, identifierOf } from '../foreign/identifier.ts';
import { reservedColumns } from '../known.ts';
import { parseWorkspace } from '../parse.ts';
import {
  type Account,
  accountFiles,
  type FileAccount,
  type RowAccount,
  type TableAccount,
} from './account.ts';
import { AreaBook, columnsOfCodes } from './areas.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { type DataFile, type DataRow, readDataFile } from './data-file.ts';
import { Dictionary } from './dictionary.ts';
import { edgesOf } from './edges.ts';
import { foreignYaml, stringAt } from './foreign-yaml.ts';
import { IndicatorMetadata, indicatorNumber, readCsvMeta, readMapping, readYamlMeta } from './metadata.ts';
import { Oddities } from './oddities.ts';
import type { Repository, RepositoryFile } from './repository.ts';
import { type SeriesPlan, seriesKey, seriesOf, targetsOf } from './series.ts';

export interface OpenSdgOptions {
  /** What the repository is called in the account. */
  readonly repository: string;
  readonly id?: string | undefined;
  readonly name?: Localized | undefined;
  /** Code of the area that rows without a code are about. */
  readonly area?: string | undefined;
  readonly licence?: string | undefined;
  /** Further files of translations, such as those of the sdg-translations repository: paths `<language>/<group>.yml`. */
  readonly translations?: readonly RepositoryFile[] | undefined;
  /** Names of the global indicators for numbers whose own title is not in the repository. */
  readonly names?: ((number: string) => Localized | null) | undefined;
}

export interface OpenSdgImport {
  /** All files of the workspace, the account among them; none when there is an error. */
  readonly files: readonly SubmittedFile[];
  readonly account: Account | null;
  readonly findings: readonly Finding[];
}

/** Folder of the workspace that holds the account; not read as part of the workspace. */
export const accountFolder = 'import';

/** A data repository of Open SDG as a workspace. Every row of every table is accounted for. */
export function importOpenSdg(repository: Repository, options: OpenSdgOptions): OpenSdgImport {
  const reading = new Reading(repository, options);
  return reading.run();
}

class Reading {
  readonly #files: readonly RepositoryFile[];
  readonly #passedOver: Account['passedOver'];
  readonly #options: OpenSdgOptions;
  readonly #oddities = new Oddities();
  readonly #rows: RowAccount[] = [];
  readonly #told = new Map<string, Omit<FileAccount, 'sha256' | 'path'>>();
  readonly #chosen: string[] = [];

  constructor({ files, passedOver }: Repository, options: OpenSdgOptions) {
    this.#files = files;
    this.#passedOver = passedOver;
    this.#options = options;
  }

  run(): OpenSdgImport {
    const configuration = this.#configuration();
    const dictionary = this.#dictionary(configuration);
    const data = this.#data(configuration);
    const metadata = this.#metadata(configuration);
    if (data.every(({ rows }) => rows.length === 0) && metadata.size === 0)
      return this.#nothing(configuration);
    const { id, name } = this.#cityName();
    const area = this.#options.area ?? id;
    const areas = new AreaBook(area, this.#oddities);
    for (const file of data) for (const { geoCode } of file.rows) areas.id(geoCode);
    const placeColumns = new Map(data.map((file) => [file.path, columnsOfCodes(file)]));
    for (const file of data) areas.takeFile(file, placeColumns.get(file.path) ?? [], dictionary);
    this.#layers(configuration, areas, dictionary);

    const byNumber = new Map<string, DataFile[]>();
    for (const number of metadata.keys()) byNumber.set(number, []);
    for (const file of data) {
      const number = indicatorNumber(file.path);
      byNumber.set(number, [...(byNumber.get(number) ?? []), file]);
    }
    const licence = this.#licence();
    const dimensions = new Dimensions(dictionary, this.#oddities);
    const indicators: Indicator[] = [];
    const observations: Observation[] = [];
    const claims: Claim[] = [];
    const targets: Target[] = [];
    const sources = new Map<string, SourceDocument>();
    const tables: TableAccount[] = [];
    const sourceIds = new Identifiers((path) =>
      identifierOf(path.replace(/^data\//, '').replace(/\.csv$/i, '')),
    );
    for (const [number, files] of [...byNumber].sort(([a], [b]) => byNumberOrder(a, b))) {
      const own = metadata.get(number) ?? new IndicatorMetadata();
      const plans = seriesOf(
        number,
        files,
        own,
        dictionary,
        this.#options.names ?? (() => null),
        this.#oddities,
      );
      indicators.push(...plans.map(({ indicator }) => indicator));
      for (const file of files) {
        const source = this.#source(file, sourceIds.of(file.path), own, dictionary, licence, name);
        sources.set(source.id, source);
        const records = this.#records(
          file,
          plans,
          areas,
          placeColumns.get(file.path) ?? [],
          dimensions,
          source.id,
        );
        observations.push(...records.observations);
        claims.push(...records.claims);
        tables.push(this.#table(file, plans, placeColumns.get(file.path) ?? []));
      }
      const [file] = files;
      if (file !== undefined)
        targets.push(...targetsOf(own, plans, { area: areas.id(''), source: sourceIds.of(file.path) }));
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
        sources: sources.size === 0 ? [this.#noData(licence, name)] : [...sources.values()],
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
    this.#tellDictionary(dictionary, configuration);
    this.#tellNames(whole);
    return this.#finish(whole, tables);
  }

  #tell(path: string, kind: FileAccount['kind'], told: string): void {
    this.#told.set(path, { kind, told });
  }

  #configuration(): Configuration {
    const file = this.#files.find(({ path }) =>
      /^(?:config_data|data_config|config-data)\.ya?ml$/.test(path),
    );
    if (file === undefined) {
      this.#chosen.push(
        'No config_data.yml: data are taken from data/*-*.csv, metadata from meta/ and indicator-config/.',
      );
      return readConfiguration(undefined);
    }
    const read = foreignYaml(foreignText(file.bytes).text);
    if ('fault' in read) {
      this.#oddities.warn(
        'yaml.unreadable',
        { file: file.path },
        `the configuration cannot be read: ${read.fault}`,
        'the defaults of Open SDG are used',
        'mend the file',
      );
      return readConfiguration(undefined);
    }
    this.#tell(file.path, 'configuration', 'decides which files are read and how; kept in the originals');
    const configuration = readConfiguration(read.value);
    for (const input of configuration.foreignInputs)
      this.#oddities.warn(
        'input.elsewhere',
        { file: file.path },
        `the input ${input} is not read`,
        'its data are not CSV files of this repository',
        'import them with modelcity import sdmx or import table',
      );
    return configuration;
  }

  #dictionary(configuration: Configuration): Dictionary {
    const dictionary = new Dictionary(configuration.languages[0] ?? 'en');
    for (const file of this.#options.translations ?? [])
      dictionary.read({ ...file, path: `t/${file.path}` }, 't');
    for (const folder of configuration.translationFolders)
      for (const file of this.#files) {
        if (!file.path.startsWith(`${folder}/`) || !/\.(?:ya?ml|csv)$/i.test(file.path)) continue;
        dictionary.read(file, folder);
        this.#tell(file.path, 'translation', 'names of columns, values and indicators');
        if (!/\.csv$/i.test(file.path)) continue;
        for (const { line } of readForeignTable(file.bytes).rows)
          this.#row(file.path, line, 'metadata', `translation/${file.path}`);
      }
    for (const { path, what } of dictionary.faults)
      this.#oddities.warn(
        'yaml.unreadable',
        { file: path },
        `the translations cannot be read: ${what}`,
        'names in this file are missing',
        'mend the file',
      );
    const [main = 'en'] = configuration.languages;
    if (!/^(?:en|zh)/i.test(main))
      this.#oddities.warn(
        'language.other',
        { file: 'config_data.yml' },
        `the main language of the repository is ${main}`,
        'a workspace has names in English and Chinese; texts that are in neither stand, unchanged, in the place of English',
        'translate them in city.yaml and indicators/*.yaml, or give translations with --translations',
      );
    return dictionary;
  }

  #data(configuration: Configuration): readonly DataFile[] {
    const files: DataFile[] = [];
    const folders = new Set(
      configuration.dataPatterns.map((pattern) => pattern.replace(/[^/]*$/, '').replace(/\*\*\/$/, '')),
    );
    for (const file of this.#files) {
      const isTable = /\.(?:csv|tsv)(?:\.\w+)?$/i.test(file.path);
      if (configuration.isData(file.path)) {
        const read = readDataFile(file, configuration, this.#oddities);
        files.push(read);
        for (const { line, column, reason } of read.left)
          this.#row(file.path, line, 'left', null, column, reason);
        this.#tell(file.path, 'data', `${read.rowCount} rows`);
      } else if (isTable && [...folders].some((folder) => folder !== '' && file.path.startsWith(folder))) {
        const reason = `the file is not among the data by the configuration (${configuration.dataPatterns.join(', ')})`;
        const { rows } = readForeignTable(file.bytes);
        for (const { line } of rows) this.#row(file.path, line, 'left', null, null, reason);
        this.#oddities.warn(
          'file.outside',
          { file: file.path },
          `a table of ${rows.length} rows is not published by its own site either`,
          reason,
          'rename it, or widen path_pattern in config_data.yml, and import again',
        );
        this.#tell(file.path, 'data', `${rows.length} rows, none read: ${reason}`);
      }
    }
    return files;
  }

  #metadata(configuration: Configuration): ReadonlyMap<string, IndicatorMetadata> {
    const all = new Map<string, IndicatorMetadata>();
    const of = (path: string): IndicatorMetadata => {
      const number = indicatorNumber(path);
      let own = all.get(number);
      if (own === undefined) {
        own = new IndicatorMetadata();
        all.set(number, own);
      }
      return own;
    };
    const { metadataMapping } = configuration;
    const mappingFile =
      metadataMapping === null ? undefined : this.#files.find(({ path }) => path === metadataMapping);
    const mapping = mappingFile === undefined ? new Map<string, string>() : readMapping(mappingFile);
    if (mappingFile !== undefined) {
      this.#tell(mappingFile.path, 'metadata', `${mapping.size} labels with their fields`);
      for (const line of [1, ...readForeignTable(mappingFile.bytes).rows.map((each) => each.line)])
        this.#row(mappingFile.path, line, 'metadata', 'mapping of labels to fields');
    }
    for (const file of this.#files) {
      if (this.#told.has(file.path)) continue;
      const language = /(?:^|\/)(?:meta|indicator-config)\/([a-z]{2}(?:-\w+)?)\//.exec(file.path)?.[1];
      if (language !== undefined && configuration.isYamlMeta(file.path)) {
        this.#tell(file.path, 'metadata', `metadata in ${language}; kept in the originals only`);
        this.#oddities.note(
          'metadata.language',
          { file: file.path },
          `metadata of the language ${language}`,
          'fields of an indicator are taken from the main language',
          'translate them in indicators/*.yaml',
        );
      } else if (configuration.isYamlMeta(file.path)) {
        const fault = readYamlMeta(file, of(file.path));
        this.#tell(
          file.path,
          'metadata',
          fault === null ? 'fields of its indicator' : `cannot be read: ${fault}`,
        );
        if (fault !== null)
          this.#oddities.warn(
            'yaml.unreadable',
            { file: file.path },
            `the metadata cannot be read: ${fault}`,
            'this indicator lacks them; the file is kept in the originals',
            'mend the file',
          );
      } else if (configuration.isCsvMeta(file.path)) {
        const number = indicatorNumber(file.path);
        const rows = readCsvMeta(file, mapping, of(file.path));
        for (const { line, field, reason } of rows)
          if (field === null) this.#row(file.path, line, 'left', null, null, reason);
          else this.#row(file.path, line, 'metadata', `indicator/${number}#${field}`);
        this.#tell(
          file.path,
          'metadata',
          `${rows.filter(({ field }) => field !== null).length} fields of its indicator`,
        );
      } else if (/(?:^|\/)[\w-]*meta[\w-]*\/.*\.(?:csv|xlsx?|docx?m?|ya?ml|md)$/i.test(file.path)) {
        this.#tell(file.path, 'metadata', 'not read: the configuration names no input for it');
        this.#oddities.warn(
          'metadata.unread',
          { file: file.path },
          'metadata that the configuration does not name are not read',
          'which of several files counts is told there',
          'name it in config_data.yml under inputs, and import again',
        );
        if (/\.csv$/i.test(file.path))
          for (const { line } of readForeignTable(file.bytes).rows)
            this.#row(
              file.path,
              line,
              'left',
              null,
              null,
              'the configuration names no input for this metadata table',
            );
      }
    }
    for (const own of all.values())
      for (const { field, file, was } of own.overridden)
        this.#oddities.note(
          'metadata.twice',
          { file },
          `the field ${field} has another text in ${was}`,
          'the later file counts, as in the builds of Open SDG',
          'keep one',
        );
    return all;
  }

  #layers(configuration: Configuration, areas: AreaBook, dictionary: Dictionary): void {
    const known = new Map(configuration.layers.map((layer) => [layer.file.replace(/^\.?\//, ''), layer]));
    for (const file of this.#files) {
      const layer = known.get(file.path) ?? null;
      if (!/\.(?:geo|topo)json$/i.test(file.path) && layer === null) continue;
      const { features, reason } = areas.takeLayer(file, layer, dictionary);
      this.#tell(file.path, 'boundaries', reason === null ? `${features} outlines` : `not read: ${reason}`);
      if (reason !== null)
        this.#oddities.warn(
          'boundary.unreadable',
          { file: file.path },
          `the map layer is not read: ${reason}`,
          'a layer is GeoJSON or TopoJSON in longitude and latitude',
          'give its features codes, or convert it',
        );
      else if (layer === null)
        this.#oddities.note(
          'boundary.guessed',
          { file: file.path },
          'the configuration does not name this map layer; its code property was guessed',
          'which property holds the codes is told under map_layers',
          'name it there',
        );
    }
    for (const [path] of known)
      if (!this.#files.some((file) => file.path === path))
        this.#oddities.warn(
          'boundary.elsewhere',
          { file: 'config_data.yml' },
          `the map layer ${path} is not in the repository`,
          'nothing is fetched from elsewhere',
          'download it and use modelcity import boundaries',
        );
  }

  #cityName(): { readonly id: string; readonly name: Localized } {
    const { id: wanted, name: named, repository } = this.#options;
    let name = named ?? null;
    if (name === null) {
      const readme = this.#files.find(({ path }) => /^readme\.md$/i.test(path));
      const title = /^#\s+(.+)$/m.exec(readme === undefined ? '' : foreignText(readme.bytes).text)?.[1] ?? '';
      const site = this.#files.find(({ path }) => /^(?:_config|site_config|config_site)\.ya?ml$/.test(path));
      const read = site === undefined ? undefined : foreignYaml(foreignText(site.bytes).text);
      const told = read !== undefined && 'value' in read ? stringAt(read.value, 'title') : null;
      const bare = (told ?? title)
        .replace(
          /\b(?:open[ -]?sdg|sdgs?|data repository|data starter|data|repository|starter|indicators?|platform|website|the|for|of)\b/gi,
          ' ',
        )
        .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      const folder = repository
        .replace(/^.*\//, '')
        .replace(/open[-_]?sdg|sdg|data|starter|repository|main|master/gi, ' ')
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      const text =
        bare !== '' && bare.length <= 60
          ? bare
          : folder.replace(/(?:^| )\p{Ll}/gu, (letter) => letter.toUpperCase());
      name = { en: text === '' ? 'Imported city' : text, zh: '' };
      this.#chosen.push(`The place is called '${name.en}'; choose with --name and --name-zh.`);
    }
    const id = wanted ?? identifierOf(name.en === '' ? name.zh : name.en);
    if (wanted === undefined) this.#chosen.push(`The id of the workspace is '${id}'; choose with --id.`);
    if (this.#options.area === undefined)
      this.#chosen.push(
        `Rows without a GeoCode are about the area '${id}'; name its official code with --area.`,
      );
    return { id, name };
  }

  #licence(): string {
    if (this.#options.licence !== undefined) return this.#options.licence;
    const file = this.#files.find(({ path }) => /^licen[cs]e(?:\.\w+)?$/i.test(path));
    const line =
      file === undefined
        ? undefined
        : foreignText(file.bytes)
            .text.split('\n')
            .find((each) => each.trim() !== '');
    if (line === undefined) {
      this.#oddities.warn(
        'licence.none',
        { file: 'LICENSE' },
        'the repository states no licence',
        'nobody may use data whose licence is not known',
        'give it with --licence',
      );
      return 'not stated in the repository';
    }
    this.#tell(file?.path ?? '', 'configuration', 'the licence of every source');
    return `${line.trim().slice(0, 200)} (${file?.path} of the repository)`;
  }

  #noData(licence: string, name: Localized): SourceDocument {
    return {
      id: 'repository',
      title: { en: this.#options.repository, zh: '' },
      producer: name,
      date: 'undated',
      licence,
    };
  }

  /** The file as a source, with the sources that its metadata name. */
  #source(
    file: DataFile,
    id: string,
    metadata: IndicatorMetadata,
    dictionary: Dictionary,
    licence: string,
    city: Localized,
  ): SourceDocument {
    const told = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => {
      const organisation = metadata.get(`source_organisation_${number}`);
      if (organisation === null) return [];
      const parts = [
        'url_text',
        'url',
        'release_date',
        'next_release',
        'periodicity',
        'statistical_classification',
        'contact',
        'other_info',
        'geographical_coverage',
        'earliest_available',
      ].map((field) => metadata.get(`source_${field}_${number}`));
      return [
        [organisation, ...parts]
          .map((each) => (each === null ? null : (dictionary.text(each)?.en ?? each)))
          .filter((each) => each !== null && each !== '')
          .join('; '),
      ];
    });
    const list = metadata.get('sources', 'DATA_SOURCE', 'data_source');
    if (told.length === 0 && list !== null) told.push(dictionary.text(list)?.en ?? list);
    const url = metadata.get('source_url_1');
    const updated =
      metadata.get('national_data_updated_date', 'national_data_update_date', 'data_last_updated') ?? '';
    const producer = metadata.get('source_organisation_1');
    const producerName = producer === null ? null : dictionary.text(producer);
    const bytes = this.#files.find(({ path }) => path === file.path)?.bytes;
    return {
      id,
      title: {
        en: `Open SDG data of ${city.en === '' ? city.zh : city.en}: ${file.path}`,
        zh: `${city.zh === '' ? city.en : city.zh}开放SDG数据：${file.path}`,
      },
      producer:
        producerName === null
          ? city
          : { en: producerName.en.slice(0, 4000), zh: producerName.zh.slice(0, 4000) },
      date: /^\d{4}-\d{2}-\d{2}$/.test(updated) ? updated : 'undated',
      licence: licence.slice(0, 300),
      ...(url !== null && /^https?:\/\/[^\s<>"]+$/.test(url) && URL.canParse(url) ? { url } : {}),
      locators: { en: 'line of the file', zh: '文件中的行' },
      ...(bytes === undefined ? {} : { sha256: sha256Hex(bytes) }),
      ...(told.length === 0
        ? {}
        : { note: { en: `Sources named in its metadata: ${told.join(' | ')}`.slice(0, 4000), zh: '' } }),
    };
  }

  #records(
    file: DataFile,
    plans: readonly SeriesPlan[],
    areas: AreaBook,
    places: readonly number[],
    dimensions: Dimensions,
    source: string,
  ): { observations: Observation[]; claims: Claim[] } {
    const { path, roles } = file;
    if (roles === null) return { observations: [], claims: [] };
    const bySeries = new Map(plans.map(({ key, indicator }) => [key, indicator]));
    const columns = roles.breakdowns.map(({ name }, at) =>
      places.includes(at) ? null : dimensions.column(name, path),
    );
    const cells = new Map<string, { readonly row: DataRow; readonly observation: Observation }[]>();
    for (const row of file.rows) {
      const indicator = bySeries.get(seriesKey(row));
      if (indicator === undefined) continue;
      const breakdown: Record<string, string> = {};
      columns.forEach((column, at) => {
        const text = row.breakdown[at] ?? '';
        if (column !== null && text !== '') breakdown[column.id] = column.value(text);
      });
      const said = row.says ?? '';
      const observation: Observation = {
        indicator: indicator.id,
        area: areas.id(row.geoCode),
        period: row.period,
        breakdown,
        value: row.value,
        unit: indicator.unit,
        status: row.status,
        reason:
          row.value !== null
            ? null
            : said === ''
              ? { en: 'the cell is blank in the source', zh: '来源中该单元格为空' }
              : { en: `the source prints '${said}'`, zh: `来源中为“${said}”` },
        qualifier: row.qualifier,
        source,
        locator: `line ${row.line}`,
        ref: null,
        note: row.note,
      };
      const address = observationAddress(observation);
      const same = cells.get(address);
      if (same === undefined) cells.set(address, [{ row, observation }]);
      else same.push({ row, observation });
    }
    const observations: Observation[] = [];
    const claims: Claim[] = [];
    for (const [address, same] of cells) {
      const accepted = same.find(({ observation }) => observation.value !== null) ?? same[0];
      if (accepted === undefined) continue;
      observations.push(accepted.observation);
      for (const each of same) {
        const { row, observation } = each;
        if (each === accepted)
          this.#row(path, row.line, observation.value === null ? 'missing' : 'observation', address);
        else if (observation.value === accepted.observation.value)
          this.#row(
            path,
            row.line,
            'duplicate',
            address,
            null,
            `the same cell and value as line ${accepted.row.line}`,
          );
        else if (observation.value === null)
          this.#row(
            path,
            row.line,
            'duplicate',
            address,
            null,
            `line ${accepted.row.line} has a value for the same cell`,
          );
        else {
          const { period, reason: _, ...rest } = observation;
          const claim: Claim = { ...rest, kind: 'level', from: null, to: period };
          claims.push(claim);
          this.#row(
            path,
            row.line,
            'claim',
            claimAddress(claim),
            null,
            `line ${accepted.row.line} has another value for the same cell`,
          );
          this.#oddities.warn(
            'row.contradicts',
            { file: path, row: row.line },
            'a row gives another value for a cell than a row before it',
            'nothing in the table tells the two apart; the first is the observation, the other a claim',
            'add the column that tells them apart, or delete one',
          );
        }
        if (each !== accepted && observation.value === accepted.observation.value)
          this.#oddities.note(
            'row.twice',
            { file: path, row: row.line },
            'a row says the same as one before it',
            'one record stands for both',
            'delete one',
          );
      }
    }
    return { observations, claims };
  }

  #table(file: DataFile, plans: readonly SeriesPlan[], places: readonly number[]): TableAccount {
    const { roles } = file;
    if (roles === null) return { file: file.path, roles: {}, edges: [], indicators: [] };
    const columns = readForeignTable(
      this.#files.find(({ path }) => path === file.path)?.bytes ?? new Uint8Array(),
    ).columns;
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
        multiplier: one(roles.multiplier),
        note: roles.attributes.map(({ name }) => name),
        breakdown: roles.breakdowns.flatMap(({ name }, at) => (places.includes(at) ? [] : [name])),
      },
      edges: edgesOf(file),
      indicators: plans.map(({ indicator }) => indicator.id),
    };
  }

  #row(
    file: string,
    row: number,
    outcome: RowAccount['outcome'],
    record: string | null,
    column: string | null = null,
    reason: string | null = null,
  ): void {
    this.#rows.push({ file, row, outcome, record, column, reason });
  }

  #tellDictionary(dictionary: Dictionary, configuration: Configuration): void {
    if (dictionary.unknown.size === 0) return;
    const keys = [...dictionary.unknown.keys()].sort();
    this.#oddities.note(
      'translation.unknown',
      { file: configuration.translationFolders[0] ?? 'translations' },
      `${keys.length} keys of texts are not explained in the repository: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}`,
      'Open SDG fetches them from another repository when it builds; nothing is fetched here, so the numbers and short names of the framework stand in for them',
      'give a copy of the sdg-translations repository with --translations DIR',
    );
  }

  #tellNames({ city, indicators }: Workspace): void {
    const names = [
      city.name,
      ...city.areas.map(({ name }) => name),
      ...indicators.map(({ name }) => name),
      ...city.dimensions.flatMap(({ name, values }) => [name, ...values.map((value) => value.name)]),
    ];
    const missing = names.filter(({ zh }) => zh === '').length;
    if (missing > 0)
      this.#oddities.note(
        'name.chinese',
        { file: 'translations' },
        `${missing} of ${names.length} names have no Chinese`,
        'pages in Chinese show the English name in their place',
        'add zh to the names in city.yaml and indicators/*.yaml, or give translations that have zh-Hans',
      );
  }

  #nothing(configuration: Configuration): OpenSdgImport {
    return {
      files: [],
      account: null,
      findings: [
        {
          rule: 'import.nothing',
          severity: 'error',
          where: { file: this.#options.repository },
          what: 'there are no data and no metadata of Open SDG in this folder',
          why: `data are looked for at ${configuration.dataPatterns.join(', ')}`,
          mend: 'name the folder of the data repository: the one with config_data.yml, data/ and meta/',
        },
      ],
    };
  }

  /** Reads the made workspace as any other; a record that its rules refuse goes back to the account with the rule's reason. */
  #finish(whole: Workspace, tables: readonly TableAccount[]): OpenSdgImport {
    let workspace = whole;
    for (let round = 0; round < 60; round += 1) {
      const { files, rowsOf } = workspaceFiles(workspace, (indicator) => goalFile(indicator));
      const { findings } = parseWorkspace(files);
      const errors = findings.filter(({ severity }) => severity === 'error');
      const refused = new Map<Observation | Claim, Finding>();
      for (const finding of errors) {
        const record =
          finding.where.row === undefined ? undefined : rowsOf[finding.where.file]?.[finding.where.row - 2];
        if (record !== undefined) refused.set(record, finding);
      }
      if (errors.length === 0) return this.#done(workspace, files, tables);
      if (refused.size === 0) return { files: [], account: null, findings: errors };
      const gone = new Map(
        [...refused].map(([record, finding]) => [`${record.source} ${record.locator}`, finding]),
      );
      const fileOf = new Map(
        workspace.city.sources.map(({ id, title }) => [id, title.en.replace(/^.*?: /, '')]),
      );
      for (const [record, finding] of refused) {
        const [file, line] = [fileOf.get(record.source), Number(record.locator.slice(5))];
        const at = this.#rows.findIndex((row) => row.file === file && row.row === line);
        const row = this.#rows[at];
        if (row !== undefined)
          this.#rows[at] = {
            ...row,
            outcome: 'left',
            record: null,
            column: String(finding.where.column ?? ''),
            reason: `${finding.what}: ${finding.why}`,
          };
      }
      const stays = (record: Observation | Claim) => !gone.has(`${record.source} ${record.locator}`);
      workspace = {
        ...workspace,
        observations: workspace.observations.filter(stays),
        claims: workspace.claims.filter(stays),
      };
    }
    return {
      files: [],
      account: null,
      findings: parseWorkspace(workspaceFiles(workspace, goalFile).files).findings,
    };
  }

  #done(
    workspace: Workspace,
    files: readonly SubmittedFile[],
    tables: readonly TableAccount[],
  ): OpenSdgImport {
    const account: Account = {
      repository: this.#options.repository,
      city: workspace.city.id,
      rows: this.#rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.row - b.row)),
      files: this.#files.map(({ path, bytes }) => ({
        path,
        sha256: sha256Hex(bytes),
        ...(this.#told.get(path) ?? {
          kind: 'other' as const,
          told: 'not part of the data; kept in the originals',
        }),
      })),
      passedOver: this.#passedOver,
      oddities: this.#oddities.findings,
      tables,
      counts: {
        indicators: workspace.indicators.length,
        observations: workspace.observations.length,
        claims: workspace.claims.length,
        targets: workspace.targets.length,
        areas: workspace.city.areas.length,
        'map layers': workspace.boundaries?.length ?? 0,
        'breakdown dimensions': workspace.city.dimensions.length,
        sources: workspace.city.sources.length,
      },
      chosen: this.#chosen,
    };
    return {
      files: [...files, ...accountFiles(account, accountFolder)],
      account,
      findings: account.oddities,
    };
  }
}

/** One file for each goal, so that a person finds an indicator and a table stays small. */
function goalFile(id: string): string {
  const [first = ''] = id.split(/[-.]/);
  return /^\d{1,2}$/.test(first) ? `goal-${first.padStart(2, '0')}` : 'others';
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

/** The breakdown dimensions of all data files: a column name is one dimension wherever it stands. */
class Dimensions {
  readonly #dictionary: Dictionary;
  readonly #oddities: Oddities;
  readonly #ids = new Identifiers((name) => identifierOf(name), [...reservedColumns, 'constructor']);
  readonly #columns = new Map<
    string,
    { readonly id: string; readonly name: string; readonly values: Identifiers }
  >();

  constructor(dictionary: Dictionary, oddities: Oddities) {
    this.#dictionary = dictionary;
    this.#oddities = oddities;
  }

  column(name: string, file: string): { readonly id: string; value(text: string): string } {
    const plain = name.toLowerCase();
    let column = this.#columns.get(plain);
    if (column === undefined) {
      column = { id: this.#ids.of(plain), name, values: new Identifiers() };
      this.#columns.set(plain, column);
    } else if (column.name !== name)
      this.#oddities.note(
        'header.case',
        { file, row: 1, column: name },
        `the column is written ${name} here and ${column.name} elsewhere`,
        'they are taken as one',
        'write them alike',
      );
    const { id, values } = column;
    return { id, value: (text) => values.of(text) };
  }

  get all(): readonly Dimension[] {
    return [...this.#columns.values()]
      .filter(({ values }) => values.entries.length > 0)
      .map(({ id, name, values }) => ({
        id,
        name: this.#dictionary.label(name),
        values: values.entries.map(([label, value]) => ({
          id: value,
          name: this.#dictionary.label(label, name),
        })),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
