import { type LabScenario, labEnsemble } from '../../simulate/index.ts';
import { liveLab } from '../scenarios/live-model.ts';

/** What the page asks of the worker: a share of the ensemble around a scenario. */
interface Wish {
  readonly model: string;
  readonly scenario: LabScenario;
  readonly columns: readonly string[];
  readonly from: number;
  readonly to: number;
}

declare function importScripts(...urls: string[]): void;
let lab: ReturnType<typeof liveLab> = null;

addEventListener('message', ({ data }: MessageEvent<Wish>) => {
  if (lab === null) {
    importScripts(data.model);
    lab = liveLab();
  }
  if (lab !== null) postMessage(labEnsemble(lab, data.scenario, data.columns, data));
});
