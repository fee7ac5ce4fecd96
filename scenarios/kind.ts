import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { View } from '../proof/history/view.ts'
import { type Judging, type Kind, kindOf } from '../proof/kind.ts'
import type { ComponentName } from '../stacks/stack.ts'
import type { SubjectConfig } from '../subjects/contract/index.ts'
import type { Enterable } from './enterable.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import type { RunContext } from './run-context.ts'
import type { Testbed } from './testbed.ts'
import type { Window } from './window.ts'

interface About {
  /** The section of the config that declares such subjects. */
  readonly section: string
  /** The words by which a feature says that it is about such a subject: a `Given`. */
  readonly given: string
  /** Components that take long to come up: scenarios of this kind come last, and so many take one job's place. */
  readonly waitsFor?: { readonly component: ComponentName; readonly share: number }
  /** Names of the subjects that a scenario with these tags is about. */
  subjects(tags: readonly string[], config: SubjectConfig): readonly string[]
}

/** A kind of subject: how it is declared, put to the test and judged. Each room of `scenarios/` exports one. */
export interface SubjectKind extends Kind, About {
  /** The words of its windows, and those of steps that change how a subject is brought up. */
  readonly phrases: readonly string[]
  readonly variants: readonly string[]
  /** Names of all faults and gates of its windows, for `--disarm`. */
  readonly faults: readonly string[]
  begin(context: RunContext, options: ExperimentOptions): Experiment
}

export interface KindDefinition<P extends ScenarioPlan, V extends View, T extends Testbed>
  extends Judging<P, V>,
    About {
  readonly windows: readonly Window<T>[]
  /** The words of a `When` that changes how the subject is brought up → what it stands for. */
  readonly variants?: Readonly<Record<string, string>>
  begin(what: Enterable<T>, context: RunContext, options: ExperimentOptions): Experiment
}

export function subjectKind<P extends ScenarioPlan, V extends View & { readonly plan: P }, T extends Testbed>(
  definition: KindDefinition<P, V, T>,
): SubjectKind {
  const { id, section, given, waitsFor, windows, variants = {} } = definition
  const kind = kindOf(definition)
  const enterable: Enterable<T> = {
    id,
    predicates: [...kind.predicates.keys()],
    windows: new Map(windows.map((window) => [window.phrase, window])),
    variants: new Map(Object.entries(variants)),
  }
  return {
    ...kind,
    section,
    given,
    ...(waitsFor ? { waitsFor } : {}),
    phrases: [...enterable.windows.keys()],
    variants: Object.keys(variants),
    faults: [...new Set(windows.flatMap(({ faults }) => faults))],
    subjects: (tags, config) => definition.subjects(tags, config),
    begin: (context, options) => definition.begin(enterable, context, options),
  }
}
