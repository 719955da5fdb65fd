import { at, flatText, isMap, listAt, stringAt, type YamlText } from './foreign-yaml.ts';
import { pathPattern } from './repository.ts';

/** What the configuration of an Open SDG data repository says that decides how its files are read. */
export interface Configuration {
  readonly languages: readonly string[];
  readonly isData: (path: string) => boolean;
  readonly dataPatterns: readonly string[];
  readonly isYamlMeta: (path: string) => boolean;
  readonly isCsvMeta: (path: string) => boolean;
  readonly metadataMapping: string | null;
  /** Labels of metadata tables with their fields, written into the configuration itself. */
  readonly metadataLabels: ReadonlyMap<string, string>;
  /** Files that say what the fields of metadata are called. */
  readonly schemaFiles: readonly string[];
  /** Tables that give columns, and texts in them, other names. */
  readonly columnMaps: readonly string[];
  readonly codeMaps: readonly string[];
  readonly translationFolders: readonly string[];
  readonly layers: readonly Layer[];
  readonly unitColumn: string | null;
  readonly seriesColumn: string | null;
  readonly attributes: readonly string[];
  readonly notDisaggregations: readonly string[];
  /** Inputs that are files of no kind that is read here, or lie elsewhere: told, never guessed. */
  readonly foreignInputs: readonly ForeignInput[];
  /** Settings that decide nothing here. */
  readonly unused: readonly string[];
}

export interface ForeignInput {
  readonly name: string;
  /** Where its files are, when it says so. */
  readonly source: string | null;
}

export interface Layer {
  readonly file: string;
  readonly nameProperty: string | null;
  readonly idProperty: string | null;
  readonly folder: string | null;
  /** The column of the tables that holds the codes of this layer. */
  readonly idColumn: string | null;
  /** Codes for texts of that column. */
  readonly replacements: ReadonlyMap<string, string>;
}

/** Settings that are read here, and those that say only how the site of Open SDG is built and looks. */
const usedSettings =
  /^(?:languages|inputs|src_dir|translations|map_layers|indicator_options|observation_attributes|non_disaggregation_columns|schema_file|schema)$/;
const siteSettings =
  /^(?:docs_\w+|site_dir|logging|reporting_status_extra_fields|indicator_export_filename|ignore_out_of_scope_disaggregation_stats|csvw|datapackage|sdmx_output\w*|branding|intro|indicator_url)$/;

/** Reads `config_data.yml`; all defaults when there is none. */
export function readConfiguration(root: YamlText | undefined): Configuration {
  const folder = stringAt(root, 'src_dir')?.replace(/^\.?\/?|\/$/g, '') ?? '';
  const within = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  const inputs = listAt(root, 'inputs').filter(isMap);
  const patterns = (name: RegExp, otherwise: readonly string[]) => {
    const named = inputs.filter((each) => isNamed(each, name));
    if (inputs.length > 0 && named.length === 0) return [];
    const told = named.map((each) => stringAt(each, 'path_pattern')).filter((each) => each !== null);
    return (told.length > 0 ? told : otherwise).map(within);
  };
  const dataPatterns = patterns(/^InputCsvData$/i, ['data/*-*.csv']);
  const yamlPatterns = [
    ...patterns(/^InputYaml(?:Md)?Meta$/i, ['meta/*-*.md', 'meta/*-*.yml', 'indicator-config/*-*.yml']),
    // A folder with a folder for each language, as the metadata of the World Bank.
    ...inputs.flatMap((each) => {
      const source = stringAt(each, 'source');
      return isNamed(each, /^InputSdgMetadata$/i) && source !== null && !isRemote(source)
        ? [`${within(source.replace(/^\.?\//, '').replace(/\/$/, ''))}/*/*.yml`]
        : [];
    }),
  ];
  const paths = (name: string) => [
    ...new Set(inputs.flatMap((each) => stringAt(each, name) ?? []).filter((path) => !isRemote(path))),
  ];
  const csvPatterns = patterns(/^InputCsvMeta$/i, []);
  const tests = (list: readonly string[], ends: RegExp) => {
    // Translated metadata lie in a folder of the language beside the others: meta/fr/1-1-1.md.
    const each = list.flatMap((pattern) => [
      pathPattern(pattern),
      pathPattern(pattern.replace(/([^/]*)$/, '*/$1')),
    ]);
    // A pattern may reach further than its input reads: a table among the metadata stays a table.
    return (path: string) => ends.test(path) && each.some((test) => test(path));
  };
  const plainTests = dataPatterns.map(pathPattern);
  const options = at(root, 'indicator_options');
  const names = (key: string) =>
    [...listAt(options, key), ...listAt(root, key)]
      .map((each) => (isMap(each) ? (stringAt(each, 'field') ?? '') : flatText(each)))
      .filter((each) => each !== '');
  return {
    languages: listAt(root, 'languages').map(flatText),
    isData: (path) => plainTests.some((test) => test(path)),
    dataPatterns,
    isYamlMeta: tests(yamlPatterns, /\.(?:md|markdown|ya?ml)$/i),
    isCsvMeta: tests(csvPatterns, /\.(?:csv|tsv|txt)$/i),
    schemaFiles: [
      ...new Set([
        ...listAt(root, 'schema').flatMap((each) => stringAt(each, 'schema_path') ?? []),
        stringAt(root, 'schema_file') ?? '_prose.yml',
        '_prose.yml',
        'metadata_schema.yml',
      ]),
    ].map(within),
    columnMaps: paths('column_map').map(within),
    codeMaps: paths('code_map').map(within),
    metadataLabels: new Map(
      inputs.flatMap((each) => {
        const map = at(each, 'metadata_mapping');
        return isMap(map)
          ? [...map].map(([label, field]) => [label.trim().toLowerCase(), flatText(field)] as const)
          : [];
      }),
    ),
    unused: isMap(root)
      ? [...root.keys()].filter((key) => !usedSettings.test(key) && !siteSettings.test(key))
      : [],
    metadataMapping:
      inputs.map((each) => stringAt(each, 'metadata_mapping')).find((each) => each !== null) ?? null,
    translationFolders: [
      ...new Set([
        'translations',
        ...listAt(root, 'translations')
          .filter((each) => /Yaml|Csv/.test(stringAt(each, 'class') ?? ''))
          .map((each) => stringAt(each, 'source'))
          .filter((each) => each !== null && !isRemote(each))
          .map((each) => within(String(each).replace(/\/$/, ''))),
      ]),
    ],
    layers: listAt(root, 'map_layers')
      .filter(isMap)
      .map((each) => ({
        file: stringAt(each, 'geojson_file') ?? '',
        nameProperty: stringAt(each, 'name_property'),
        idProperty: stringAt(each, 'id_property'),
        folder: stringAt(each, 'output_subfolder'),
        idColumn: stringAt(each, 'id_column'),
        replacements: replacementsOf(at(each, 'id_replacements')),
      })),
    unitColumn: stringAt(options, 'unit_column'),
    seriesColumn: stringAt(options, 'series_column'),
    attributes: names('observation_attributes'),
    notDisaggregations: names('non_disaggregation_columns'),
    foreignInputs: inputs
      .map((each) => ({
        name: stringAt(each, 'class') ?? 'an input without class',
        source: stringAt(each, 'path_pattern') ?? stringAt(each, 'source') ?? stringAt(each, 'endpoint'),
      }))
      .filter(
        ({ name, source }) =>
          !/^Input(?:CsvData|Yaml(?:Md)?Meta|CsvMeta)$/i.test(name) &&
          !(/^InputSdgMetadata$/i.test(name) && source !== null && !isRemote(source)),
      ),
  };
}

const isRemote = (path: string): boolean => /^[a-z]+:\/\//i.test(path);

const isNamed = (input: YamlText, name: RegExp): boolean => name.test(stringAt(input, 'class') ?? '');

function replacementsOf(value: YamlText | undefined): ReadonlyMap<string, string> {
  return new Map(
    isMap(value) ? [...value].map(([text, code]) => [text.trim(), flatText(code)] as const) : [],
  );
}
