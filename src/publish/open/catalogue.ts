import type { OpenDescription } from './dataset.ts';
import type { WrittenFile } from './descriptors.ts';

/** One way to get the data, for the catalogue. */
export interface Distribution {
  readonly path: string;
  readonly title: string;
  readonly mediaType: string;
  /** Standard it conforms to, when there is one. */
  readonly conformsTo: string | null;
  /** The file type of the EU's authority list. */
  readonly format: string;
}

export const distributions: readonly Distribution[] = [
  {
    path: 'observations.csv',
    title: 'CSV',
    mediaType: 'text/csv',
    conformsTo: 'https://www.rfc-editor.org/rfc/rfc4180',
    format: 'CSV',
  },
  {
    path: 'observations.parquet',
    title: 'Parquet',
    mediaType: 'application/vnd.apache.parquet',
    conformsTo: null,
    format: 'PARQUET',
  },
  {
    path: 'sdmx/data.csv',
    title: 'SDMX-CSV 2.0',
    mediaType: 'application/vnd.sdmx.data+csv;version=2.0.0',
    conformsTo: 'https://sdmx.org',
    format: 'CSV',
  },
  {
    path: 'sdmx/data.json',
    title: 'SDMX-JSON 2.0',
    mediaType: 'application/vnd.sdmx.data+json;version=2.0.0',
    conformsTo: 'https://sdmx.org',
    format: 'JSON',
  },
  {
    path: 'sdmx/data.xml',
    title: 'SDMX-ML 3.0',
    mediaType: 'application/vnd.sdmx.data+xml;version=3.0.0',
    conformsTo: 'https://sdmx.org',
    format: 'XML',
  },
  {
    path: 'datapackage.json',
    title: 'Frictionless Data Package',
    mediaType: 'application/json',
    conformsTo: 'https://specs.frictionlessdata.io/tabular-data-package/',
    format: 'JSON',
  },
  {
    path: 'csv-metadata.json',
    title: 'CSV on the Web',
    mediaType: 'application/csvm+json',
    conformsTo: 'https://www.w3.org/TR/tabular-metadata/',
    format: 'JSON_LD',
  },
];

const vocabulary = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  adms: 'http://www.w3.org/ns/adms#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
} as const;

type Term =
  | { readonly iri: string }
  | { readonly text: string; readonly language?: 'en' | 'zh'; readonly type?: string };

interface Subject {
  readonly iri: string;
  readonly type: readonly string[];
  readonly properties: readonly (readonly [property: string, values: readonly Term[]])[];
}

const languageIri = {
  en: 'http://publications.europa.eu/resource/authority/language/ENG',
  zh: 'http://publications.europa.eu/resource/authority/language/ZHO',
};
const fileType = (name: string): string =>
  `http://publications.europa.eu/resource/authority/file-type/${name}`;

function localized(
  { en, zh }: { readonly en: string; readonly zh: string },
  more = { en: '', zh: '' },
): Term[] {
  return [
    ...(en === '' ? [] : [{ text: en + more.en, language: 'en' as const }]),
    ...(zh === '' ? [] : [{ text: zh + more.zh, language: 'zh' as const }]),
  ];
}

/**
 * The graph of DCAT-AP 3: a catalogue with one dataset (and the service, where there is one), its distributions, publisher
 * and licence documents. Addresses are relative to `base`, the folder of the open data; a relative base gives relative addresses,
 * which hold wherever the files lie.
 */
function graphOf(
  dataset: OpenDescription,
  files: readonly WrittenFile[],
  base: string,
  service: string | null,
): readonly Subject[] {
  const written = new Map(files.map((file) => [file.path, file]));
  const iri = (path: string): Term => ({ iri: `${base}${path}` });
  const day = (text: string): Term => ({ text, type: `${vocabulary.xsd}date` });
  const publisher = `${base}#publisher`;
  const spatial = `${base}#place`;
  const licence = `${base}#licence`;
  const present = distributions.filter(({ path }) => files.length === 0 || written.has(path));
  const languages: Term[] = dataset.languages.flatMap((language) =>
    language === 'en' || language === 'zh' ? [{ iri: languageIri[language] }] : [],
  );
  const title = { en: ': sustainable development indicators', zh: '：可持续发展指标' };
  const described: Term[] = [
    {
      text: `Values of ${dataset.indicators.length} indicators for ${dataset.areas.length} areas, as of position ${dataset.asOf} of the city's log, each with its source.`,
      language: 'en',
    },
    {
      text: `${dataset.areas.length}个地区、${dataset.indicators.length}项指标的数值，截至城市日志第${dataset.asOf}条，每个数值均注明来源。`,
      language: 'zh',
    },
  ];
  const subjects: readonly Subject[] = [
    {
      iri: `${base}catalogue.ttl#catalogue`,
      type: [`${vocabulary.dcat}Catalog`],
      properties: [
        [`${vocabulary.dct}title`, localized(dataset.name, { en: ': open data', zh: '：开放数据' })],
        [`${vocabulary.dct}description`, described],
        [`${vocabulary.dct}publisher`, [{ iri: publisher }]],
        [`${vocabulary.dct}language`, languages],
        [`${vocabulary.dct}modified`, [day(dataset.date)]],
        [`${vocabulary.dct}license`, [{ iri: licence }]],
        [`${vocabulary.dcat}dataset`, [iri('#dataset')]],
        ...(service === null ? [] : ([[`${vocabulary.dcat}service`, [iri('#sdmx')]]] as const)),
      ],
    },
    {
      iri: `${base}#dataset`,
      type: [`${vocabulary.dcat}Dataset`],
      properties: [
        [`${vocabulary.dct}title`, localized(dataset.name, title)],
        [`${vocabulary.dct}description`, described],
        [`${vocabulary.dct}identifier`, [{ text: `${dataset.city}/${dataset.asOf}` }]],
        [`${vocabulary.dcat}version`, [{ text: `1.0.${dataset.asOf}` }]],
        [`${vocabulary.dct}publisher`, [{ iri: publisher }]],
        [`${vocabulary.dct}modified`, [day(dataset.date)]],
        [`${vocabulary.dct}language`, languages],
        [`${vocabulary.dct}spatial`, [{ iri: spatial }]],
        [
          `${vocabulary.dcat}keyword`,
          [
            { text: 'SDG', language: 'en' },
            { text: 'sustainable development', language: 'en' },
            { text: '可持续发展', language: 'zh' },
          ],
        ],
        [
          `${vocabulary.dcat}theme`,
          [
            { iri: 'http://publications.europa.eu/resource/authority/data-theme/SOCI' },
            { iri: 'http://publications.europa.eu/resource/authority/data-theme/ENVI' },
          ],
        ],
        [
          `${vocabulary.dct}accessRights`,
          [{ iri: 'http://publications.europa.eu/resource/authority/access-right/PUBLIC' }],
        ],
        [`${vocabulary.dcat}distribution`, present.map(({ path }) => iri(`${path}#distribution`))],
      ],
    },
    ...present.map(({ path, title: name, mediaType, conformsTo, format }): Subject => {
      const file = written.get(path);
      return {
        iri: `${base}${path}#distribution`,
        type: [`${vocabulary.dcat}Distribution`],
        properties: [
          [`${vocabulary.dct}title`, [{ text: name, language: 'en' }]],
          [`${vocabulary.dcat}accessURL`, [iri(path)]],
          [`${vocabulary.dcat}downloadURL`, [iri(path)]],
          [`${vocabulary.dct}format`, [{ iri: fileType(format) }]],
          [
            `${vocabulary.dcat}mediaType`,
            [{ iri: `https://www.iana.org/assignments/media-types/${mediaType.replace(/;.*/, '')}` }],
          ],
          [`${vocabulary.dct}license`, [{ iri: licence }]],
          ...(conformsTo === null ? [] : ([[`${vocabulary.dct}conformsTo`, [{ iri: conformsTo }]]] as const)),
          ...(file === undefined
            ? []
            : ([
                [
                  `${vocabulary.dcat}byteSize`,
                  [{ text: String(file.bytes), type: `${vocabulary.xsd}nonNegativeInteger` }],
                ],
                [`${vocabulary.spdx}checksum`, [iri(`${path}#checksum`)]],
              ] as const)),
        ],
      };
    }),
    ...present.flatMap(({ path }): Subject[] => {
      const file = written.get(path);
      return file === undefined
        ? []
        : [
            {
              iri: `${base}${path}#checksum`,
              type: [`${vocabulary.spdx}Checksum`],
              properties: [
                [`${vocabulary.spdx}algorithm`, [{ iri: `${vocabulary.spdx}checksumAlgorithm_sha256` }]],
                [
                  `${vocabulary.spdx}checksumValue`,
                  [{ text: file.sha256, type: `${vocabulary.xsd}hexBinary` }],
                ],
              ],
            },
          ];
    }),
    ...(service === null
      ? []
      : [
          {
            iri: `${base}#sdmx`,
            type: [`${vocabulary.dcat}DataService`],
            properties: [
              [`${vocabulary.dct}title`, [{ text: 'SDMX REST', language: 'en' }]],
              [`${vocabulary.dcat}endpointURL`, [{ iri: service }]],
              [`${vocabulary.dcat}servesDataset`, [{ iri: `${base}#dataset` }]],
              [`${vocabulary.dct}conformsTo`, [{ iri: 'https://github.com/sdmx-twg/sdmx-rest' }]],
            ],
          } satisfies Subject,
        ]),
    {
      iri: publisher,
      type: [`${vocabulary.foaf}Agent`, `${vocabulary.foaf}Organization`],
      properties: [[`${vocabulary.foaf}name`, localized(dataset.name)]],
    },
    {
      iri: spatial,
      type: [`${vocabulary.dct}Location`],
      properties: [[`${vocabulary.skos}prefLabel`, localized(dataset.name)]],
    },
    {
      iri: licence,
      type: [`${vocabulary.dct}LicenseDocument`],
      properties: [[`${vocabulary.dct}title`, dataset.licences.map((text) => ({ text }))]],
    },
  ];
  return [...subjects, ...referredTo(subjects)];
}

/** The class that DCAT-AP asks of the values of a property, where they are of another's vocabulary. */
const classOf: Readonly<Record<string, string>> = {
  [`${vocabulary.dct}language`]: `${vocabulary.dct}LinguisticSystem`,
  [`${vocabulary.dct}accessRights`]: `${vocabulary.dct}RightsStatement`,
  [`${vocabulary.dct}format`]: `${vocabulary.dct}MediaTypeOrExtent`,
  [`${vocabulary.dcat}mediaType`]: `${vocabulary.dct}MediaType`,
  [`${vocabulary.dct}conformsTo`]: `${vocabulary.dct}Standard`,
  [`${vocabulary.spdx}algorithm`]: `${vocabulary.spdx}ChecksumAlgorithm`,
  [`${vocabulary.dcat}theme`]: `${vocabulary.skos}Concept`,
};

const themes: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  SOCI: { en: 'Population and society', zh: '人口与社会' },
  ENVI: { en: 'Environment', zh: '环境' },
};

/** What the catalogue refers to in vocabularies of others, with its class: so it is whole for a reader that fetches nothing. */
function referredTo(subjects: readonly Subject[]): readonly Subject[] {
  const found = new Map<string, string>();
  for (const { properties } of subjects)
    for (const [property, values] of properties)
      for (const value of values) {
        const type = classOf[property];
        if (type !== undefined && 'iri' in value) found.set(value.iri, type);
      }
  return [...found].map(([iri, type]) => {
    const theme = themes[iri.slice(iri.lastIndexOf('/') + 1)];
    const isTheme = type === `${vocabulary.skos}Concept` && theme !== undefined;
    return {
      iri,
      type: [type],
      properties: isTheme ? [[`${vocabulary.skos}prefLabel`, localized(theme)]] : [],
    };
  });
}

/** The catalogue as JSON-LD. */
export function catalogueJsonLd(
  dataset: OpenDescription,
  files: readonly WrittenFile[],
  base: string,
  service: string | null = null,
): object {
  const short = (iri: string): string => {
    for (const [prefix, space] of Object.entries(vocabulary))
      if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
    return iri;
  };
  const term = (value: Term) =>
    'iri' in value
      ? { '@id': value.iri }
      : value.language !== undefined
        ? { '@value': value.text, '@language': value.language }
        : value.type !== undefined
          ? { '@value': value.text, '@type': short(value.type) }
          : { '@value': value.text };
  return {
    '@context': vocabulary,
    '@graph': graphOf(dataset, files, base, service).map(({ iri, type, properties }) => ({
      '@id': iri,
      '@type': type.map(short),
      ...Object.fromEntries(
        properties
          .filter(([, values]) => values.length > 0)
          .map(([property, values]) => [short(property), values.map(term)]),
      ),
    })),
  };
}

/** The same graph as Turtle. */
export function catalogueTurtle(
  dataset: OpenDescription,
  files: readonly WrittenFile[],
  base: string,
  service: string | null = null,
): string {
  const ref = (iri: string): string => {
    for (const [prefix, space] of Object.entries(vocabulary))
      if (iri.startsWith(space) && /^[A-Za-z][\w-]*$/.test(iri.slice(space.length)))
        return `${prefix}:${iri.slice(space.length)}`;
    return `<${iri.replace(/[<>"{}|^`\\\s\p{Cc}]/gu, encodeURIComponent)}>`;
  };
  const quoted = (text: string): string =>
    `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
  const term = (value: Term): string =>
    'iri' in value
      ? ref(value.iri)
      : `${quoted(value.text)}${value.language === undefined ? '' : `@${value.language}`}${value.type === undefined ? '' : `^^${ref(value.type)}`}`;
  const head = Object.entries(vocabulary).map(([prefix, space]) => `@prefix ${prefix}: <${space}> .`);
  const subjects = graphOf(dataset, files, base, service).map(({ iri, type, properties }) => {
    const lines = [
      `a ${type.map(ref).join(', ')}`,
      ...properties
        .filter(([, values]) => values.length > 0)
        .map(([property, values]) => `${ref(property)} ${values.map(term).join(', ')}`),
    ];
    return `${ref(iri)} ${lines.join(' ;\n  ')} .`;
  });
  return `${head.join('\n')}\n\n${subjects.join('\n\n')}\n`;
}

/** What a page says of the data to search engines: schema.org Dataset. */
export function schemaOrgDataset(
  dataset: OpenDescription,
  page: string,
  base: string,
  files: ReadonlySet<string> | null = null,
): object {
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': `${base}#dataset`,
    name: `${dataset.name.en === '' ? dataset.name.zh : dataset.name.en}: sustainable development indicators`,
    alternateName: dataset.name.zh === '' ? undefined : `${dataset.name.zh}：可持续发展指标`,
    description: `Values of ${dataset.indicators.length} indicators for ${dataset.areas.length} areas, as of position ${dataset.asOf} of the city's log, each with its source.`,
    url: page,
    version: `1.0.${dataset.asOf}`,
    dateModified: dataset.date,
    license: dataset.licences.length === 1 ? dataset.licences[0] : [...dataset.licences],
    inLanguage: [...dataset.languages],
    isAccessibleForFree: true,
    creator: { '@type': 'Organization', name: dataset.name.en === '' ? dataset.name.zh : dataset.name.en },
    variableMeasured: dataset.indicators.slice(0, 500).map(({ id, name, unit }) => ({
      '@type': 'PropertyValue',
      propertyID: id,
      name: name.en === '' ? name.zh : name.en,
      unitText: unit,
    })),
    distribution: distributions
      .filter(({ path }) => files === null || files.has(path))
      .map(({ path, title, mediaType }) => ({
        '@type': 'DataDownload',
        name: title,
        encodingFormat: mediaType,
        contentUrl: `${base}${path}`,
      })),
  };
}
