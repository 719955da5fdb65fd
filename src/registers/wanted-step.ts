import type { RegisterRole } from '../model/index.ts';
import type { Attachment } from './attachment.ts';
import type { FormValues } from './form.ts';

/** A step that someone wants to take in a case, or that begins one. */
export interface WantedStep {
  /** The case; absent to begin one. */
  readonly stream?: string;
  readonly area: string;
  readonly kind: string;
  readonly values: FormValues;
  /** In what standing the step is taken. */
  readonly as: RegisterRole;
  /** The only department that the actor speaks for; absent: all. */
  readonly department?: string;
  readonly actor: string | null;
  /** When, ISO 8601 with a zone; given by the caller, who has a clock. */
  readonly now: string;
  readonly files?: readonly Attachment[];
  /** The case that a new one belongs to. */
  readonly parent?: string;
  /** The name that its sender gave this message: one that comes again is refused. */
  readonly message?: string;
}

/** What was recorded at a step, said anew: all its fields, not only those that change. */
export interface WantedCorrection
  extends Omit<WantedStep, 'kind' | 'parent' | 'area' | 'stream' | 'message'> {
  readonly stream: string;
  readonly seq: number;
  /** Why it was wrong, for whoever reads the history. */
  readonly reason: string;
}
