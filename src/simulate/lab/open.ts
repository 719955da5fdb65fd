import type { Finding } from '../../model/index.ts';
import { type Annotation, readAnnotations } from '../city/annotation.ts';
import { type History, readHistory } from '../city/history.ts';
import { type Compiled, compileXmile, type Outcome } from '../compile/compile.ts';
import { emitModule } from '../compile/emit.ts';
import { generatedKernel } from '../run/run.ts';
import { Lab } from './lab.ts';
import { type ModelSheet, sheetOf } from './sheet.ts';
import { type ModelWords, readModelWords } from './words.ts';

/** The texts that make up the model of a place. */
export interface ModelTexts {
  readonly city: string;
  /** Name and text of the XMILE file, the place's JSON and the model's words. */
  readonly model: NamedText;
  readonly place: NamedText;
  readonly words: NamedText;
}

export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** The model of a place, compiled with the place's own values, with all that is known around it. */
export interface CityModel {
  readonly texts: ModelTexts;
  readonly compiled: Compiled;
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly history: History;
  readonly words: ModelWords;
  readonly sheet: ModelSheet;
  readonly lab: Lab;
  /** The model as a script for a page that forbids eval: registers itself under `globalThis.modelcityModel`. */
  script(): string;
}

/**
 * Opens a model with the values of a place.
 *
 * @param sha256 of a text, 64 hexadecimal digits
 */
export function openCityModel(texts: ModelTexts, sha256: (text: string) => string): Outcome<CityModel> {
  const history = readHistory(texts.place.text, texts.place.file);
  if (!history.ok) return history;
  const words = readModelWords(texts.words.text, texts.words.file);
  if (!words.ok) return words;
  const { values, run } = history.value;
  const outcome = compileXmile(texts.model.text, texts.model.file, {
    set: new Map(Object.entries(values)),
    ...(run === undefined ? {} : { run }),
  });
  if (!outcome.ok) return outcome;
  const compiled = outcome.value;
  const annotations = readAnnotations(texts.model.text, texts.model.file);
  const hash = sha256(`${texts.model.text}\n${placeText(history.value)}`);
  const sheet = sheetOf(compiled, {
    city: texts.city,
    annotations,
    history: history.value,
    words: words.value,
    hash,
  });
  const lab = new Lab(sheet, generatedKernel(compiled));
  const findings = unknownNames(lab, history.value, texts.place.file);
  if (findings.length > 0) return { ok: false, findings };
  return {
    ok: true,
    value: {
      texts,
      compiled,
      annotations,
      history: history.value,
      words: words.value,
      sheet,
      lab,
      script: () => modelScript(compiled, sheet),
    },
  };
}

/** What of a place's file changes a run, as one text whatever the order of its members. */
function placeText({ values, run }: History): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ run: run === undefined ? null : [run.start, run.stop], values: sorted });
}

function modelScript(compiled: Compiled, sheet: ModelSheet): string {
  // `</` never stands in a script as a file, but a reader may paste it into a page.
  const json = JSON.stringify(sheet).replaceAll('</', '<\\/');
  const kernel = emitModule(compiled, compiled.order).replace('export default function', 'function');
  return `globalThis.modelcityModel={sheet:${json},kernel:(${kernel.trim()})};\n`;
}

/** Names in a place's file that the model does not have: a target that is never drawn would be missed by nobody. */
function unknownNames(lab: Lab, history: History, file: string): Finding[] {
  const wrong = (what: string, pointer: string, mend: string): Finding => ({
    rule: 'history.name',
    severity: 'error',
    where: { file, pointer },
    what,
    why: 'what is measured, aimed at or set is a variable of the model',
    mend,
  });
  const columns = (kind: 'observations' | 'targets' | 'indicators') =>
    (history[kind] ?? []).flatMap(({ variable }, i) =>
      lab.hasColumn(variable)
        ? []
        : [wrong(`'${variable}' is no variable of the model`, `/${kind}/${i}/variable`, 'correct the name')],
    );
  const settings = (history.scenarios ?? []).flatMap(({ values }, i) =>
    Object.keys(values)
      .filter((name) => !lab.isConstant(name))
      .map((name) =>
        wrong(
          `'${name}' is no constant of the model`,
          `/scenarios/${i}/values/${name}`,
          'set a constant that the model has',
        ),
      ),
  );
  const ids = (history.scenarios ?? []).map(({ id }) => id);
  const twice = ids
    .filter((id, i) => ids.indexOf(id) !== i)
    .map((id) => wrong(`two scenarios are called '${id}'`, '/scenarios', 'give each its own id'));
  return [...columns('observations'), ...columns('targets'), ...columns('indicators'), ...settings, ...twice];
}
