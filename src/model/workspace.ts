import type { Boundary } from './boundary.ts';
import type { City } from './city.ts';
import type { Plan } from './commitment.ts';
import type { ExaminationDeclaration } from './examination.ts';
import type { DerivedCell } from './figure.ts';
import type { Framework } from './framework.ts';
import type { Indicator } from './indicator.ts';
import type { Observation } from './observation.ts';
import type { PlaceModel } from './place-model.ts';
import type { Portfolio } from './portfolio.ts';
import type { RegisterDeclaration } from './register.ts';
import type { Review } from './review.ts';
import type { ProjectSelection } from './selection.ts';
import type { Claim, Target } from './statement.ts';

/** All that a workspace says, read and checked: the meaning of the folder, free of file names, order and layout. */
export interface Workspace {
  readonly city: City;
  readonly indicators: readonly Indicator[];
  readonly observations: readonly Observation[];
  readonly targets: readonly Target[];
  readonly claims: readonly Claim[];
  readonly frameworks: readonly Framework[];
  readonly plans: readonly Plan[];
  readonly reviews: readonly Review[];
  /** Registers that this place declares itself, beside those that are shipped. */
  readonly registers?: readonly RegisterDeclaration[];
  /** Selections of projects by a panel; absent as none. */
  readonly selections?: readonly ProjectSelection[];
  /** Projects that are carried out; absent as none. */
  readonly portfolios?: readonly Portfolio[];
  /** Examinations of departments and districts; absent as none. */
  readonly examinations?: readonly ExaminationDeclaration[];
  /** The stock-flow model of this place, when it keeps one of its own. */
  readonly model?: PlaceModel;
  /** What the records of registers give; worked out from the log, never part of a folder. */
  readonly derived?: {
    readonly indicators: readonly string[];
    readonly cells: readonly DerivedCell[];
    /** Indicators of this workspace that report officially what a derived one counts. */
    readonly official: Readonly<Record<string, readonly string[]>>;
  };
  /** Layers of the map; absent as none. */
  readonly boundaries?: readonly Boundary[];
}

/** The workspace as its folder says it: without what records of registers give. */
export function asDeclared({ derived, ...workspace }: Workspace): Workspace {
  if (derived === undefined) return workspace;
  const ids = new Set(derived.indicators);
  return {
    ...workspace,
    city: {
      ...workspace.city,
      sources: workspace.city.sources.filter(({ id }) => !id.startsWith('register.')),
    },
    indicators: workspace.indicators.filter(({ id }) => !ids.has(id)),
  };
}

/** One file of a submission as it was handed in. Paths are relative, with `/`. */
export interface SubmittedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}
