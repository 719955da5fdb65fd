import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Answer,
  type AuditFinding,
  type AuditText,
  answerSchema,
  auditedEndings,
  auditPair,
  auditTexts,
  documentOf,
  isOpen,
  readAnswers,
  standingOf,
  type TextAudit,
  told,
  withAnswer,
} from '../../audit/index.ts';
import { type Language, languages } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';

const help = `modelcity audit PATH… [options]
modelcity audit --pair EN.txt ZH.txt [options]
modelcity audit --answer ID=accepted|explained|corrected --note TEXT --answers FILE

Reads reviews (.md, .txt, .html, .docx, and PDF as pdftotext writes it) and reports the numbers in them that disagree.

  --pair             compare the two language versions of one document
  --lang en|zh       language of the messages (en)
  --checked          also list the statements that were recomputed and hold
  --answers FILE     answers given to findings (JSON); findings explained there do not count
  --answer ID=KIND   write an answer to a finding into the file of --answers
  --note TEXT        the reason of the answer
  --against DIR      hold the texts against a workspace (not there yet: refused)
  --json             an array of findings {id, rule, severity, message, mend, places, values}

Exit codes: 0 no open contradiction, 1 open contradictions, 2 bad input.
`;

const options = {
  lang: { type: 'string', default: 'en' },
  checked: { type: 'boolean', default: false },
  answers: { type: 'string' },
  answer: { type: 'string' },
  note: { type: 'string' },
  against: { type: 'string' },
  pair: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

class Refusal extends Error {}

export const audit: Command = async (args) => {
  try {
    return run(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`modelcity audit: ${error.message}\n`);
    return exitCode.badInput;
  }
};

function run(args: readonly string[]): number {
  const { values, positionals } = parsed(args);
  if (values.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const language = languages.find((known) => known === values.lang);
  if (language === undefined) throw new Refusal(`--lang is en or zh, not '${values.lang}'`);
  if (values.against !== undefined)
    throw new Refusal('--against is not there yet: texts cannot be held against a workspace in this version');
  if (values.answer !== undefined) return answer(values.answer, values.note, values.answers);
  const paths = positionals.flatMap((path) => filesUnder(path, 0));
  if (paths.length === 0) throw new Refusal('name at least one file to audit (see --help)');
  const answers =
    values.answers === undefined || !existsSync(values.answers) ? [] : answersIn(values.answers);
  const texts = paths.map(textAt);
  const result = values.pair ? pairOf(texts) : auditTexts(texts);
  return report(result, answers, language, values.json, values.checked);
}

function pairOf(texts: readonly AuditText[]): TextAudit {
  const [first, second] = texts;
  if (first === undefined || second === undefined || texts.length !== 2)
    throw new Refusal('--pair compares two files: the English and the Chinese version');
  const { findings, agreed } = auditPair(first, second);
  return { findings, checked: [], notes: [`${agreed} numbers, dates and classes agree in both versions`] };
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

function textAt(path: string): AuditText {
  const document = documentOf(path, readFileSync(path));
  if ('refused' in document) throw new Refusal(`${path}: ${document.refused}`);
  return document;
}

function answersIn(path: string): readonly Answer[] {
  const answers = readAnswers(readFileSync(path, 'utf8'));
  if ('refused' in answers) throw new Refusal(`${path}: ${answers.refused}`);
  return answers;
}

function answer(text: string, note: string | undefined, path: string | undefined): number {
  if (path === undefined) throw new Refusal('--answer needs --answers FILE to write to');
  const [id, kind] = text.split('=');
  const given = answerSchema.safeParse({ id, answer: kind, note: note ?? '' });
  if (!given.success)
    throw new Refusal('--answer is ID=accepted, ID=explained or ID=corrected, with the ID of a finding');
  if (given.data.answer === 'explained' && given.data.note.trim() === '')
    throw new Refusal('an explanation needs its --note');
  const before = existsSync(path) ? answersIn(path) : [];
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
    for (const finding of open) process.stdout.write(lines(finding, language));
    if (withChecked)
      for (const { rule, places, values } of checked)
        process.stdout.write(`${where(places[0])}: checked, holds [${rule}] ${JSON.stringify(values)}\n`);
    const count = (severity: string) => open.filter((finding) => finding.severity === severity).length;
    process.stdout.write(
      `${count('contradiction')} contradictions, ${count('wording')} wording, ${count('unlike')} unlike, ${count('gap')} gaps; ` +
        `${findings.length - open.length} explained; ${checked.length} statements recomputed and right\n`,
    );
  }
  return open.some(({ severity }) => severity === 'contradiction') ? exitCode.findings : exitCode.done;
}

const where = (place: AuditFinding['places'][number] | undefined): string =>
  place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;

function lines(finding: AuditFinding, language: Language): string {
  const { id, rule, severity, message, mend, places } = told(finding, language);
  const quotes = places.map((place) => `    ${where(place)} “${place.text}”\n`).join('');
  return `${where(places[0])}: ${severity}: ${message} [${rule} ${id}]\n${quotes}    → ${mend}\n`;
}
