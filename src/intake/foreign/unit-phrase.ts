/**
 * Units put together of words: `Rate per 100.000`, `Kg/inhabitant/day`, `thousands of tonnes`, `m2 per habitant`,
 * `Mio. Euro`, `investment in million euros`. What each single word means is the caller's to say.
 */
export function composedUnit(plain: string, simple: (words: string) => string | null): string | null {
  return (
    perThousands(plain) ??
    rateOf(plain, simple) ??
    powerOf(plain, simple) ??
    insideWords(plain, (words) => simple(words) ?? powerOf(words, simple))
  );
}

const people = new Set(
  'person|persons|people|population|inhabitant|inhabitants|habitant|habitants|capita|resident|residents|head|einwohner|einwohnern|person/en|kopf|habitante|habitantes|persona|personas|habitant·e|personne|personnes|abitante|abitanti'.split(
    '|',
  ),
);

/** What an amount may be divided by. */
const divisors = new Map<string, string>([
  ...[...people].map((word) => [word, '{person}'] as const),
  ...['household', 'haushalt', 'hogar'].map((word) => [word, '{household}'] as const),
  ...['night', 'nacht', 'noche'].map((word) => [word, '{night}'] as const),
  ...['day', 'tag', 'día', 'dia', 'jour', 'd'].map((word) => [word, 'd'] as const),
  ...['year', 'annum', 'jahr', 'año', 'any', 'an', 'a'].map((word) => [word, 'a'] as const),
  ...['month', 'monat', 'mes', 'mois'].map((word) => [word, 'mo'] as const),
  ...['week', 'woche', 'semana', 'semaine'].map((word) => [word, '{week}'] as const),
  ...['hour', 'stunde', 'hora', 'heure', 'h'].map((word) => [word, 'h'] as const),
  ['employee', '{employee}'],
  ['pupil', '{pupil}'],
  ['student', '{student}'],
  ['vehicle', '{vehicle}'],
  ['km2', 'km2'],
  ['m2', 'm2'],
  ['m3', 'm3'],
  ['ha', 'ha'],
  ['hectare', 'ha'],
  ['l', 'l'],
  ['litre', 'l'],
  ['liter', 'l'],
]);

const counted =
  /^(?:(?:(?:crude|annual|total|mean|average|death|mortality|incidence|birth) )*(?:rate|number|cases|deaths|incidence|births|taxa|tasa|taux|anzahl|número|numero|nombre|número total)s? )?(?:per|je|pro|por|por cada|pour|each) (\d[\d., ]*)(?: (.+))?$/;

/** `Rate per 100.000`, `Cases per 1,000 inhabitants`, `Deaths per 1000 live births`: how many are counted among how many of what. */
function perThousands(plain: string): string | null {
  const [, digits = '', whom = 'population'] = counted.exec(plain) ?? [];
  const among = digits.replace(/[., ]/g, '');
  if (!/^10{2,6}$/.test(among)) return null;
  const noun = people.has(whom)
    ? 'population'
    : whom === 'population' || whom === 'live births'
      ? whom
      : null;
  const grouped = among.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return noun === null ? null : `{per ${grouped} ${noun}}`;
}

/** `Kg/inhabitant/day`, `kWh per capita`: a unit over what it is divided by. */
function rateOf(plain: string, simple: (words: string) => string | null): string | null {
  const [of = '', ...over] = plain.split(/ ?\/ ?| (?:per|je|pro|por) /);
  const above = simple(of.trim()) ?? powerOf(of.trim(), simple);
  if (above === null || over.length === 0 || over.length > 3 || /^(?:%|1|pp|\{count\})$/.test(above))
    return null;
  const below = over.map((each) => divisors.get(each.trim()));
  return below.includes(undefined) ? null : [above, ...below].join('/');
}

const thousands = 'thousands?|tausend|miles|milers|milliers|1[., ]?000';
const millions = 'millions?|mio\\.?|millionen|millones|milions|milhões|milioni|1[., ]?000[., ]?000';
const billions = 'billions?|mrd\\.?|milliarden|milliards?|mil millones|miliardi';
const power = `(?:(${billions})|(${millions})|(${thousands}))`;
const before = new RegExp(`^(?:in )?(?:[x×] ?)?${power}(?: of| de|(?= d['’]))? ?(?:d['’])?(.+)$`);
const behind = new RegExp(`^(.+?),? \\(?in ${power}\\)?$`);

/** `thousands of tonnes`, `x1000 kWh`, `Mio. Euro`, `Total Number in Thousands`. */
function powerOf(plain: string, simple: (words: string) => string | null): string | null {
  const first = before.exec(plain);
  const last = first === null ? behind.exec(plain) : null;
  const [ten9, ten6, unit] =
    first !== null
      ? [first[1], first[2], first[4]]
      : last !== null
        ? [last[2], last[3], last[1]]
        : [undefined, undefined, undefined];
  const code = unit === undefined ? null : simple(unit.trim());
  if (code === null || /^(?:%|1|pp|\[ppth\]|10\*.*)$/.test(code)) return null;
  return `10*${ten9 !== undefined ? 9 : ten6 !== undefined ? 6 : 3}.${code}`;
}

/** `City Council investment in million euros`: what is measured, and what it is measured in. */
function insideWords(plain: string, read: (words: string) => string | null): string | null {
  const [, unit = ''] = /^.{3,} in ([^ ].+)$/.exec(plain) ?? [];
  const code = unit.length < 2 ? null : read(unit);
  return code === null || /^(?:\{|1$)/.test(code) ? null : code;
}
