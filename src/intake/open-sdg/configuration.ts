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
  readonly translationFolders: readonly string[];
  readonly layers: readonly Layer[];
  readonly unitColumn: string | null;
  readonly seriesColumn: string | null;
  readonly attributes: readonly string[];
  readonly notDisaggregations: readonly string[];
  /** Inputs that are files of no kind that is read here, or lie elsewhere: told, never guessed. */
  readonly foreignInputs: readonly string[];
}

export interface Layer {
  readonly file: string;
  readonly nameProperty: string | null;
  readonly idProperty: string | null;
  readonly folder: string | null;
}

/** Reads `config_data.yml`; all defaults when there is none. */
export function readConfiguration(root: YamlText | undefined): Configuration {
  const folder = stringAt(root, 'src_dir')?.replace(/^\.?\/?|\/$/g, '') ?? '';
  const within = (path: string) => (folder === '' ? path : `${folder}/${path}`);
  const inputs = listAt(root, 'inputs').filter(isMap);
  const patterns = (name: RegExp, otherwise: readonly string[]) => {
    const named = inputs.filter((each) => name.test(stringAt(each, 'class') ?? ''));
    if (inputs.length > 0 && named.length === 0) return [];
    const told = named.map((each) => stringAt(each, 'path_pattern')).filter((each) => each !== null);
    return (told.length > 0 ? told : otherwise).map(within);
  };
  const dataPatterns = patterns(/^InputCsvData$/i, ['data/*-*.csv']);
  const yamlPatterns = patterns(/^InputYaml(?:Md)?Meta$/i, [
    'meta/*-*.md',
    'meta/*-*.yml',
    'indicator-config/*-*.yml',
  ]);
  const csvPatterns = patterns(/^InputCsvMeta$/i, []);
  const tests = (list: readonly string[]) => {
    // Translated metadata lie in a folder of the language beside the others: meta/fr/1-1-1.md.
    const each = list.flatMap((pattern) => [
      pathPattern(pattern),
      pathPattern(pattern.replace(/([^/]*)$/, '*/$1')),
    ]);
    return (path: string) => each.some((test) => test(path));
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
    isYamlMeta: tests(yamlPatterns),
    isCsvMeta: tests(csvPatterns),
    metadataMapping:
      inputs.map((each) => stringAt(each, 'metadata_mapping')).find((each) => each !== null) ?? null,
    translationFolders: [
      ...new Set([
        'translations',
        ...listAt(root, 'translations')
          .filter((each) => /Yaml|Csv/.test(stringAt(each, 'class') ?? ''))
          .map((each) => stringAt(each, 'source'))
          .filter((each) => each !== null && !/^[a-z]+:\/\//.test(each))
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
      })),
    unitColumn: stringAt(options, 'unit_column'),
    seriesColumn: stringAt(options, 'series_column'),
    attributes: names('observation_attributes'),
    notDisaggregations: names('non_disaggregation_columns'),
    foreignInputs: inputs
      .map((each) => stringAt(each, 'class') ?? 'an input without class')
      .filter((each) => !/^Input(?:CsvData|Yaml(?:Md)?Meta|CsvMeta)$/i.test(each)),
  };
}
