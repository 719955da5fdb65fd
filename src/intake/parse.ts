import {
  type Chapter,
  type City,
  type Claim,
  type ExaminationDeclaration,
  examinationSchema,
  type Finding,
  type Framework,
  type Indicator,
  type Observation,
  observationAddress,
  type Plan,
  type Portfolio,
  type ProjectSelection,
  portfolioSchema,
  projectSelectionSchema,
  type RegisterDeclaration,
  type ReviewHead,
  registerSchema,
  type SubmittedFile,
  type Target,
  type Workspace,
} from '../model/index.ts';
import { claimAddress, targetAddress } from '../store/index.ts';
import { readBoundaries } from './boundary-file.ts';
import { checkCity, knownOfCity, readCity } from './city-file.ts';
import { readEmblem, withEmblem } from './emblem.ts';
import { checkExamination } from './examination-file.ts';
import { FindingList } from './finding-list.ts';
import { checkFramework, readFramework } from './framework-file.ts';
import { checkIndicator, readIndicators } from './indicator-file.ts';
import { criteriaOf, type Known } from './known.ts';
import { readModel } from './model-file.ts';
import { observationShape, readObservation } from './observation-row.ts';
import { type Origin, Origins } from './origins.ts';
import { type FileKind, fileKind, pathFault, pathFinding } from './path.ts';
import { checkPhotos } from './photo-file.ts';
import { checkPlan, readPlan } from './plan-file.ts';
import { checkPortfolio } from './portfolio-file.ts';
import { quote } from './quote.ts';
import { bySeries, byText, Records } from './records.ts';
import { bindChapters, readChapter, readReviewHead } from './review-file.ts';
import { RowReader } from './row-reader.ts';
import { checkSelection } from './selection-file.ts';
import { claimShape, readClaim, readTarget, targetShape } from './statement-row.ts';
import { type TableShape, tableRows } from './table.ts';
import { Translations } from './translation.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import { readYaml } from './yaml-tree.ts';

export interface ParsedWorkspace {
  /** The meaning of the files; null as soon as there is one error. */
  readonly workspace: Workspace | null;
  /** Indicators that could be read, also when something else is wrong: enough to check their formulas. */
  readonly indicators: readonly Indicator[];
  readonly findings: readonly Finding[];
  /** Where each record stands, by its address: for the trace only, never part of a meaning. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/**
 * Reads the files of a workspace: every file as far as it can be read, every finding at once. The result does not
 * depend on the names, number or order of the files inside their folders, nor on the order of rows.
 */
export function parseWorkspace(files: readonly SubmittedFile[]): ParsedWorkspace {
  const findings = new FindingList();
  const reading = new Reading(findings);
  const byKind = new Map<FileKind['kind'], SubmittedFile[]>();
  for (const file of [...files].sort((a, b) => byText(a.path, b.path))) {
    const fault = pathFault(file.path);
    const kind = fault === null ? fileKind(file.path) : null;
    if (fault !== null) findings.add(pathFinding(file.path, fault));
    else if (kind === null)
      findings.error(
        'file.wrong-name',
        { file: file.path },
        {
          what: 'the format has no file of this name',
          why: 'docs/workspace.md lists the files of a workspace',
          mend: 'rename it, or leave it out',
        },
      );
    else byKind.set(kind.kind, [...(byKind.get(kind.kind) ?? []), file]);
  }
  const of = (kind: FileKind['kind']) => byKind.get(kind) ?? [];
  reading.readHeads(of('city'), of('indicators'), of('framework'));
  const observations = reading.table(
    of('observations'),
    observationShape,
    readObservation,
    reading.observations,
    bySeries,
  );
  const targets = reading.table(of('targets'), targetShape, readTarget, reading.targets);
  const claims = reading.table(of('claims'), claimShape, readClaim, reading.claims);
  const plans = reading.readPlans(of('plan'));
  const reviews = reading.readReviews(of('review'), of('chapter'));
  const registers = reading.readRegisters(of('register'));
  const selections = reading.readSelections(of('selection'));
  const examinations = reading.readExaminations(of('examination'), plans);
  const portfolios = reading.readPortfolios(of('portfolio'), plans, selections);
  const boundaries = readBoundaries(of('boundary'), reading.known.areas, findings);
  const model = readModel(of('model'), findings);
  checkPhotos(of('photo'), findings);
  const emblem = readEmblem(of('emblem'), findings);
  const city = reading.city === null || emblem === null ? reading.city : withEmblem(reading.city, emblem);
  reading.translations.tell(findings);
  const indicators = byId(reading.indicators.map(({ value }) => value));
  const workspace: Workspace | null =
    city === null || findings.hasErrors
      ? null
      : {
          city,
          indicators,
          observations,
          targets,
          claims,
          frameworks: byId(reading.frameworks.map(({ value }) => value)),
          plans,
          reviews,
          ...(registers.length === 0 ? {} : { registers }),
          ...(selections.length === 0 ? {} : { selections }),
          ...(portfolios.length === 0 ? {} : { portfolios }),
          ...(examinations.length === 0 ? {} : { examinations }),
          ...(boundaries.length === 0 ? {} : { boundaries }),
          ...(model === null ? {} : { model }),
        };
  return { workspace, indicators, findings: findings.toArray(), origins: reading.origins };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => byText(a.id, b.id));
}

/** The state of reading one workspace. */
class Reading {
  readonly findings: FindingList;
  readonly origins: Origins;
  city: City | null = null;
  known: Known = {
    areas: null,
    sources: null,
    dimensions: null,
    indicatorIds: null,
    indicators: new Map(),
    frameworks: null,
  };
  translations = new Translations([]);
  readonly indicators: Shaped<Indicator>[] = [];
  readonly frameworks: Shaped<Framework>[] = [];
  readonly observations: Records<Observation>;
  readonly targets: Records<Target>;
  readonly claims: Records<Claim>;

  constructor(findings: FindingList) {
    this.findings = findings;
    this.observations = new Records<Observation>(
      'observation',
      observationAddress,
      'keep the accepted value here; put the other one into claims/ with kind level, so that the contradiction is shown',
      findings,
    );
    this.targets = new Records<Target>(
      'target',
      targetAddress,
      'delete one, or give each its own ref',
      findings,
    );
    this.claims = new Records<Claim>('claim', claimAddress, 'give each its own ref', findings);
    this.origins = new Origins([this.observations, this.targets, this.claims]);
  }

  /** The files that others refer to: all are read before any reference is checked. */
  readHeads(
    cities: readonly SubmittedFile[],
    indicators: readonly SubmittedFile[],
    frameworks: readonly SubmittedFile[],
  ): void {
    const { findings } = this;
    const head = cities[0] === undefined ? null : readYaml(cities[0].path, cities[0].bytes, findings);
    const city = head === null ? null : readCity(head, findings);
    if (cities.length === 0)
      findings.error(
        'city.missing',
        { file: 'city.yaml' },
        {
          what: 'the workspace has no city.yaml',
          why: 'it declares the areas, sources and dimensions that everything else refers to',
          mend: 'add it; docs/workspace.md has an example',
        },
      );
    this.city = city === null ? null : this.#ordered(city);
    if (this.city !== null) this.translations = new Translations(this.city.languages);

    const ids = new Set<string>();
    let allIndicatorsRead = true;
    let allFrameworksRead = true;
    for (const file of indicators) {
      const yaml = readYaml(file.path, file.bytes, findings);
      if (yaml === null) {
        allIndicatorsRead = false;
        continue;
      }
      const read = readIndicators(yaml, findings);
      for (const id of read.ids) ids.add(id);
      this.indicators.push(...this.#unique('indicator', read.good, ({ id }) => id));
    }
    for (const file of frameworks) {
      const yaml = readYaml(file.path, file.bytes, findings);
      const framework = yaml === null ? null : readFramework(yaml, findings);
      if (framework === null) allFrameworksRead = false;
      else this.frameworks.push(...this.#unique('framework', [framework], ({ id }) => id));
    }
    this.known = {
      ...(this.city === null ? { areas: null, sources: null, dimensions: null } : knownOfCity(this.city)),
      indicatorIds: allIndicatorsRead ? ids : null,
      indicators: new Map(this.indicators.map(({ value }) => [value.id, value])),
      frameworks: allFrameworksRead ? criteriaOf(this.frameworks.map(({ value }) => value)) : null,
    };
    if (city !== null) {
      checkCity(city, this.known, findings);
      this.#look('texts in city.yaml', [city]);
    }
    for (const indicator of this.indicators) checkIndicator(indicator, this.known, findings);
    for (const framework of this.frameworks) checkFramework(framework, this.known, findings);
    this.#look('texts of indicators', this.indicators);
    this.#look('texts of frameworks', this.frameworks);
  }

  /** The city with areas and sources in the order of their ids; records where each stands. */
  #ordered(shaped: Shaped<City>): City {
    const { value } = shaped;
    const keep = (address: string, path: readonly PropertyKey[]) => {
      const { file, row } = shaped.place(path);
      this.origins.declare(address, { file, row: row ?? 1 });
    };
    keep(`city/${value.id}`, ['id']);
    value.areas.forEach(({ id }, at) => {
      keep(`area/${id}`, ['areas', at]);
    });
    value.sources.forEach(({ id }, at) => {
      keep(`source/${id}`, ['sources', at]);
    });
    return { ...value, areas: [...byId(value.areas)], sources: [...byId(value.sources)] };
  }

  table<T extends object>(
    files: readonly SubmittedFile[],
    shape: TableShape,
    read: (reader: RowReader) => T | null,
    records: Records<T>,
    compare?: (a: T, b: T) => number,
  ): readonly T[] {
    const { dimensions } = this.known;
    const columns = dimensions === null ? null : new Set(dimensions.keys());
    for (const { path, bytes } of files) {
      let reader: RowReader | null = null;
      for (const row of tableRows(path, bytes, shape, columns, this.findings)) {
        reader ??= new RowReader(path, this.known, this.findings, row);
        reader.start(row);
        const record = read(reader);
        // Without the dimensions every row looks like the total: no word then about rows that stand twice.
        if (record !== null && dimensions !== null) records.add(record, path, row.line);
      }
    }
    return records.sorted(compare);
  }

  readPlans(files: readonly SubmittedFile[]): readonly Plan[] {
    const plans: Shaped<Plan>[] = [];
    for (const file of files) {
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const plan = yaml === null ? null : readPlan(yaml, this.findings);
      if (plan === null) continue;
      checkPlan(plan, this.known, this.findings);
      plans.push(...this.#unique('plan', [plan], ({ id }) => id));
    }
    this.#look('texts of plans', plans);
    return byId(plans.map(({ value }) => value));
  }

  readRegisters(files: readonly SubmittedFile[]): readonly RegisterDeclaration[] {
    const registers: Shaped<RegisterDeclaration>[] = [];
    for (const file of files) {
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const register = yaml === null ? null : shapeYaml(yaml, yaml.root, registerSchema, this.findings);
      if (register !== null) registers.push(...this.#unique('register', [register], ({ id }) => id));
    }
    this.#look('texts of registers', registers);
    return byId(registers.map(({ value }) => value));
  }

  readSelections(files: readonly SubmittedFile[]): readonly ProjectSelection[] {
    const selections: Shaped<ProjectSelection>[] = [];
    for (const file of files) {
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const selection =
        yaml === null ? null : shapeYaml(yaml, yaml.root, projectSelectionSchema, this.findings);
      if (selection === null) continue;
      checkSelection(selection, this.known, this.findings);
      selections.push(...this.#unique('selection', [selection], ({ id }) => id));
    }
    this.#look('texts of selections', selections);
    return byId(selections.map(({ value }) => value));
  }

  readExaminations(
    files: readonly SubmittedFile[],
    plans: readonly Plan[],
  ): readonly ExaminationDeclaration[] {
    const examinations: Shaped<ExaminationDeclaration>[] = [];
    for (const file of files) {
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const shaped = yaml === null ? null : shapeYaml(yaml, yaml.root, examinationSchema, this.findings);
      if (shaped === null) continue;
      checkExamination(shaped, this.known, plans, this.findings);
      examinations.push(...this.#unique('examination', [shaped], ({ id }) => id));
    }
    this.#look('texts of examinations', examinations);
    return byId(examinations.map(({ value }) => value));
  }

  readPortfolios(
    files: readonly SubmittedFile[],
    plans: readonly Plan[],
    selections: readonly ProjectSelection[],
  ): readonly Portfolio[] {
    const portfolios: Shaped<Portfolio>[] = [];
    for (const file of files) {
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const shaped = yaml === null ? null : shapeYaml(yaml, yaml.root, portfolioSchema, this.findings);
      if (shaped === null) continue;
      const taken = new Set(portfolios.flatMap(({ value }) => value.projects.map(({ id }) => id)));
      checkPortfolio(shaped, this.known, { plans, selections, taken }, this.findings);
      portfolios.push(...this.#unique('portfolio', [shaped], ({ id }) => id));
    }
    this.#look('texts of projects', portfolios);
    return byId(portfolios.map(({ value }) => value));
  }

  readReviews(heads: readonly SubmittedFile[], texts: readonly SubmittedFile[]): Workspace['reviews'] {
    const folders = new Map<string, { path: string; chapter: Chapter }[]>();
    for (const file of texts) {
      const kind = fileKind(file.path);
      const chapter = readChapter(file, this.findings);
      if (chapter === null || kind?.kind !== 'chapter') continue;
      const found = folders.get(kind.folder) ?? [];
      found.push({ path: file.path, chapter });
      folders.set(kind.folder, found);
    }
    const read: Shaped<ReviewHead>[] = [];
    const reviews: Workspace['reviews'][number][] = [];
    for (const file of heads) {
      const kind = fileKind(file.path);
      const folder = kind?.kind === 'review' ? kind.folder : '';
      const yaml = readYaml(file.path, file.bytes, this.findings);
      const head = yaml === null ? null : readReviewHead(yaml, this.findings);
      const chapters = folders.get(folder) ?? [];
      folders.delete(folder);
      if (head === null || this.#unique('review', [head], ({ id }) => id).length === 0) continue;
      read.push(head);
      reviews.push(bindChapters(head, folder, chapters, this.city, this.known, this.findings));
    }
    for (const [folder] of folders)
      this.findings.error(
        'review.missing',
        { file: `review/${folder}` },
        {
          what: 'there are chapters, but no review.yaml beside them',
          why: 'it names the review, its date and the order of its chapters',
          mend: `add review/${folder}/review.yaml`,
        },
      );
    this.#look('texts of reviews', read);
    return reviews.sort((a, b) => byText(a.head.id, b.head.id));
  }

  /** Those whose id was not taken; records where each stands. */
  #unique<T extends object>(
    noun: string,
    found: readonly Shaped<T>[],
    idOf: (value: T) => string,
  ): readonly Shaped<T>[] {
    return found.filter((shaped) => {
      const id = idOf(shaped.value);
      const address = `${noun}/${id}`;
      const place = shaped.place(['id']);
      const first = this.origins.get(address);
      if (first === undefined) {
        this.origins.declare(address, { file: place.file, row: place.row ?? 1 });
        return true;
      }
      this.findings.error(`${noun}.duplicate`, place, {
        what: `the ${noun} ${quote(id)} is declared here and in ${first.file}:${first.row}`,
        why: 'an id names one thing in the whole workspace',
        mend: 'rename or delete one of them',
      });
      return false;
    });
  }

  #look<T>(kind: string, all: readonly Shaped<T>[]): void {
    for (const shaped of all) this.translations.look(kind, shaped, [], shaped.value);
  }
}
