import {
  ensembleSize,
  joinEnsembles,
  type Lab,
  type LabScenario,
  labEnsemble,
} from '../../simulate/index.ts';

type Ensemble = ReturnType<typeof labEnsemble>;

/** Members run before the page may answer its reader again, where there is no worker. */
const slice = 20;

/**
 * Runs ensembles off the page's own thread where the browser allows a worker, else in slices on it: a page opened from a
 * disk has no worker. Both give the same bits, since each run depends on its number alone.
 */
export class EnsembleRunner {
  readonly #lab: Lab;
  readonly #model: string;
  #worker: Worker | null = null;
  #asked = 0;

  constructor(lab: Lab, worker: string | null, model: string) {
    this.#lab = lab;
    this.#model = new URL(model, location.href).href;
    if (worker === null || location.protocol === 'file:') return;
    try {
      this.#worker = new Worker(worker);
    } catch {
      this.#worker = null;
    }
  }

  /** The ensemble of a scenario; null when another was asked for meanwhile. */
  async run(scenario: LabScenario, columns: readonly string[]): Promise<Ensemble | null> {
    this.#asked += 1;
    const mine = this.#asked;
    const wanted = [...new Set(columns)];
    const found =
      this.#worker === null
        ? await this.#inSlices(scenario, wanted, mine)
        : await this.#inWorker(this.#worker, scenario, wanted).catch(() => {
            this.#worker = null;
            return this.#inSlices(scenario, wanted, mine);
          });
    return mine === this.#asked ? found : null;
  }

  #inWorker(worker: Worker, scenario: LabScenario, columns: readonly string[]): Promise<Ensemble> {
    return new Promise((done, failed) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Ensemble>) => done(data), { once: true });
      worker.addEventListener('error', () => failed(new Error('the worker does not run')), { once: true });
      worker.postMessage({ model: this.#model, scenario, columns, from: 0, to: ensembleSize });
    });
  }

  async #inSlices(scenario: LabScenario, columns: readonly string[], mine: number): Promise<Ensemble | null> {
    const parts: Ensemble[] = [];
    for (let from = 0; from < ensembleSize; from += slice) {
      if (mine !== this.#asked) return null;
      parts.push(
        labEnsemble(this.#lab, scenario, columns, { from, to: Math.min(ensembleSize, from + slice) }),
      );
      await new Promise((next) => setTimeout(next));
    }
    return joinEnsembles(parts);
  }
}
