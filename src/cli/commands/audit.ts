import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Answer,
  type AuditFinding,
  type AuditText,
  answerSchema,
  answersFile,
  auditAgainst,
  auditedEndings,
  auditPair,
  auditTexts,
  type CheckedClaim,
  documentOf,
  isOpen,
  type Naming,
  namesOf,
  readAnswers,
  severities,
  standingOf,
  type TextAudit,
  told,
  withAnswer,
} from '../../audit/index.ts';
import { findingText, type Language, languages } from '../../model/index.ts';
import { auditFolders, factsOf, folderPlaces } from '../audit-folder.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { unreadLine } from '../office-answers.ts';

const help = `modelcity audit PATH… [options]
modelcity audit --workspace DIR [options]
modelcity audit --pair EN.txt ZH.txt [options]
modelcity audit --answer ID=accepted|explained|corrected --note TEXT (--workspace DIR | --answers FILE)

Reads reviews (.md, .txt, .html, .docx, .pdf) and reports the numbers in them that disagree; or a workspace, and reports
what is wrong with its records and its reviews before they are published.

  --workspace DIR    a workspace, or a folder of several: records, districts against their city, every review as a reader
                     sees it, its languages against each other; answers are kept in audit/answers.yaml of the workspace;
                     those given in the office's pages are read too
  --against DIR      hold the texts against the records of a workspace (or of several)
  --pair             compare the two language versions of one document
  --lang en|zh       language of the messages (en)
  --checked          also list the statements that were recomputed and hold
  --answers FILE     answers given to findings (YAML or JSON); findings explained there do not count
  --answer ID=KIND   write an answer to a finding
  --note TEXT        the reason of the answer
  --json             an array of findings {id, rule, severity, message, mend, places, values}

Exit codes: 0 no open contradiction, 1 open contradictions, or findings that stop the publication of a workspace,
2 bad input.
`;

const options = {
  lang: { type: 'string', default: 'en' },
  checked: { type: 'boolean', default: false },
  answers: { type: 'string' },
  answer: { type: 'string' },
  note: { type: 'string' },
  against: { type: 'string' },
  workspace: { type: 'string', short: 'w' },
  pair: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

class Refusal extends Error {}

export const audit: Command = async (args) => {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`modelcity audit: ${error.message}\n`);
    return exitCode.badInput;
  }
};

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  if (values.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const language = languages.find((known) => known === values.lang);
  if (language === undefined) throw new Refusal(`--lang is en or zh, not '${values.lang}'`);
  const kept =
    values.answers ?? (values.workspace === undefined ? undefined : join(values.workspace, answersFile));
  if (values.answer !== undefined) return answer(values.answer, values.note, kept);
  if (values.workspace !== undefined) {
    if (positionals.length > 0 || values.pair)
      throw new Refusal('--workspace audits a workspace alone; to hold texts against one, use --against');
    return workspaceReport(values.workspace, language, values.json);
  }
  const paths = positionals.flatMap((path) => filesUnder(path, 0));
  if (paths.length === 0) throw new Refusal('name at least one file to audit (see --help)');
  const answers = kept === undefined || !existsSync(kept) ? [] : answersIn(kept);
  const texts: AuditText[] = [];
  for (const path of paths) texts.push(await textAt(path));
  const result = values.pair ? pairOf(texts, language) : auditTexts(texts);
  const whole =
    values.against === undefined ? result : await withRecords(result, texts, values.against, language);
  return report(whole, answers, language, values.json, values.checked);
}

/** The findings of the texts, and those of holding them against every place of a folder. */
async function withRecords(
  result: TextAudit,
  texts: readonly AuditText[],
  directory: string,
  language: Language,
): Promise<TextAudit> {
  const places = await placesOf(directory);
  const against = factsOf(places).map((facts) => auditAgainst(texts, facts));
  return {
    findings: [...result.findings, ...against.flatMap(({ findings }) => findings)],
    checked: [...result.checked, ...against.flatMap(({ checked }) => checked)],
    notes: [
      ...result.notes,
      said[language].agree(
        against.reduce((sum, { checked }) => sum + checked.length, 0),
        directory,
      ),
    ],
  };
}

async function placesOf(directory: string) {
  const { places, errors, unread } = await folderPlaces(directory);
  if (unread !== null) process.stderr.write(unreadLine(unread));
  if (errors.length > 0)
    throw new Refusal(`${directory} cannot be read:\n${errors.slice(0, 20).map(findingText).join('\n')}`);
  if (places.length === 0) throw new Refusal(`${directory} holds no workspace`);
  return places;
}

async function workspaceReport(directory: string, language: Language, json: boolean): Promise<number> {
  const audited = auditFolders(await placesOf(directory));
  if (json) {
    const all = audited.map(({ place, audit: { findings, open, stopping, checked } }) => ({
      city: place.workspace.city.id,
      open,
      stopping,
      checked,
      findings: findings.map(({ finding, standing, stops, review }) => ({
        ...told(finding, language, namesOf(place.workspace)),
        standing,
        stops,
        review,
      })),
    }));
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  } else
    for (const { place, audit: each } of audited) {
      process.stdout.write(
        grouped(
          each.findings.filter(({ standing }) => isOpen(standing)),
          language,
          namesOf(place.workspace),
        ),
      );
      process.stdout.write(
        `${said[language].place({
          city: place.workspace.city.id,
          open: each.open,
          stopping: each.stopping,
          block: each.policy.block,
          explained: each.findings.length - each.open,
          checked: each.checked,
        })}\n`,
      );
    }
  return audited.some(({ audit: each }) => each.stopping > 0 || hasContradiction(each.findings))
    ? exitCode.findings
    : exitCode.done;
}

const hasContradiction = (
  findings: readonly { readonly finding: AuditFinding; readonly standing: ReturnType<typeof standingOf> }[],
): boolean =>
  findings.some(({ finding, standing }) => isOpen(standing) && finding.severity === 'contradiction');

function pairOf(texts: readonly AuditText[], language: Language): TextAudit {
  const [first, second] = texts;
  if (first === undefined || second === undefined || texts.length !== 2)
    throw new Refusal('--pair compares two files: the English and the Chinese version');
  const { findings, agreed } = auditPair(first, second);
  return { findings, checked: [], notes: [said[language].pair(agreed)] };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

/** A file, or the audited files of a folder in the order of their names. */
function filesUnder(path: string, depth: number): string[] {
  if (!existsSync(path)) throw new Refusal(`there is no file '${path}'`);
  if (!statSync(path).isDirectory()) return [path];
  if (depth > 12) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesUnder(inside, depth + 1);
      return entry.isFile() && auditedEndings.includes(extname(entry.name).toLowerCase()) ? [inside] : [];
    });
}

async function textAt(path: string): Promise<AuditText> {
  const document = await documentOf(path, readFileSync(path));
  if ('refused' in document) throw new Refusal(`${path}: ${document.refused}`);
  return document;
}

function answersIn(path: string): readonly Answer[] {
  const answers = readAnswers(readFileSync(path, 'utf8'));
  if ('refused' in answers) throw new Refusal(`${path}: ${answers.refused}`);
  return answers;
}

function answer(text: string, note: string | undefined, path: string | undefined): number {
  if (path === undefined) throw new Refusal('--answer needs --workspace DIR or --answers FILE to write to');
  const [id, kind] = text.split('=');
  const given = answerSchema.safeParse({ id, answer: kind, note: note ?? '' });
  if (!given.success)
    throw new Refusal('--answer is ID=accepted, ID=explained or ID=corrected, with the ID of a finding');
  if (given.data.answer === 'explained' && given.data.note.trim() === '')
    throw new Refusal('an explanation needs its --note');
  const before = existsSync(path) ? answersIn(path) : [];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, withAnswer(before, given.data));
  return exitCode.done;
}

function report(
  { findings, checked, notes }: TextAudit,
  answers: readonly Answer[],
  language: Language,
  json: boolean,
  withChecked: boolean,
): number {
  for (const note of notes) process.stderr.write(`${note}\n`);
  const open = findings.filter((finding) => isOpen(standingOf(finding, answers)));
  if (json)
    process.stdout.write(
      `${JSON.stringify(
        open.map((finding) => told(finding, language)),
        null,
        2,
      )}\n`,
    );
  else {
    process.stdout.write(summary(open, findings.length - open.length, checked.length, language));
    process.stdout.write(
      grouped(
        open.map((finding) => ({ finding, stops: false })),
        language,
      ),
    );
    if (withChecked)
      for (const { rule, places, values } of checked)
        process.stdout.write(holding({ rule, places, values }, language));
  }
  return open.some(({ severity }) => severity === 'contradiction') ? exitCode.findings : exitCode.done;
}

/** A statement that holds: where it stands, its words, and what was computed. */
function holding({ rule, places, values }: CheckedClaim, language: Language): string {
  const { values: words } = told({ id: '', severity: 'gap', rule, places, values }, language);
  const numbers = [...new Set(Object.values(words))].filter((value) => /\d/.test(value));
  const quote = places[0]?.text ?? '';
  return `${where(places[0])}  “${quote}”  ${said[language].holds} [${rule}${numbers.length === 0 ? '' : `: ${numbers.join(said[language].comma)}`}]\n`;
}

const where = (place: AuditFinding['places'][number] | undefined): string =>
  place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;

/** What an audit of a place has counted. */
interface PlaceCounts {
  readonly city: string;
  readonly open: number;
  readonly stopping: number;
  readonly block: string;
  readonly explained: number;
  readonly checked: number;
}

/** What a reader of the terminal is told around the findings. */
const said = {
  en: {
    contradiction: ['contradiction', 'contradictions'],
    wording: ['slip of wording', 'slips of wording'],
    unlike: ['question of scope or date', 'questions of scope or date'],
    gap: ['gap', 'gaps'],
    none: 'nothing to ask about',
    explained: (count: number) => `${count} explained`,
    checked: (count: number) => `${count} ${count === 1 ? 'statement' : 'statements'} recomputed and right`,
    stops: 'stops a publication',
    holds: 'recomputed and right',
    agree: (count: number, of: string) =>
      `${count} ${count === 1 ? 'statement agrees' : 'statements agree'} with records of ${of}`,
    pair: (count: number) => `${count} numbers, dates and classes agree in both versions`,
    place: ({ city, open, stopping, block, explained, checked }: PlaceCounts) =>
      `${city}: ${open} open findings, ${stopping} of them stop a publication (audit.block: ${block}); ` +
      `${explained} explained; ${checked} statements recomputed and right`,
    comma: ', ',
    semicolon: '; ',
  },
  zh: {
    contradiction: ['处矛盾', '处矛盾'],
    wording: ['处措辞问题', '处措辞问题'],
    unlike: ['处口径或时间存疑', '处口径或时间存疑'],
    gap: ['处缺失', '处缺失'],
    none: '未发现问题',
    explained: (count: number) => `已说明 ${count} 处`,
    checked: (count: number) => `复算无误 ${count} 处`,
    stops: '阻止发布',
    holds: '复算无误',
    agree: (count: number, of: string) => `与 ${of} 的记录一致的表述 ${count} 处`,
    pair: (count: number) => `两种文本中一致的数字、日期和类别 ${count} 处`,
    place: ({ city, open, stopping, block, explained, checked }: PlaceCounts) =>
      `${city}：未决问题 ${open} 个，其中 ${stopping} 个阻止发布（audit.block：${block}）；` +
      `已说明 ${explained} 个；复算无误 ${checked} 处`,
    comma: '，',
    semicolon: '；',
  },
} as const;

/** One line first: how much there is to read. */
function summary(
  open: readonly AuditFinding[],
  explained: number,
  checked: number,
  language: Language,
): string {
  const words = said[language];
  const counts = severities.flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${words[severity][count === 1 ? 0 : 1]}`];
  });
  const parts = [
    counts.length === 0 ? words.none : counts.join(words.comma),
    ...(explained === 0 ? [] : [words.explained(explained)]),
    words.checked(checked),
  ];
  return `${parts.join(words.semicolon)}\n`;
}

/** Findings under their weight, the heaviest first; inside, in the order of the text. */
function grouped(
  open: readonly { readonly finding: AuditFinding; readonly stops: boolean }[],
  language: Language,
  naming?: Naming,
): string {
  const words = said[language];
  return severities
    .map((severity) => {
      const own = open.filter(({ finding }) => finding.severity === severity);
      if (own.length === 0) return '';
      const head = `${own.length} ${words[severity][own.length === 1 ? 0 : 1]}`;
      return `\n== ${head} ==\n${own.map(({ finding, stops }) => lines(finding, stops, language, naming)).join('\n')}`;
    })
    .join('');
}

function lines(finding: AuditFinding, stops: boolean, language: Language, naming?: Naming): string {
  const { id, rule, message, mend, places } = told(finding, language, naming);
  const quotes = places.map((place) => `    ${where(place)}  “${place.text}”\n`).join('');
  const mark = stops ? ` [${said[language].stops}]` : '';
  return `${message}${mark}\n${quotes}    → ${mend}  [${id} ${rule}]\n`;
}
