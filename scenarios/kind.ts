import type { Fault } from '../faults/fault.ts'
import { gateFault } from '../proof/history/gate-name.ts'
import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { View } from '../proof/history/view.ts'
import { type Judging, type Kind, kindOf } from '../proof/kind.ts'
import type { ComponentName } from '../stacks/stack.ts'
import type { CommonConfig, ConfigSection } from '../subjects/contract/index.ts'
import type { Enterable } from './enterable.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import type { KindNeeds } from './kind-needs.ts'
import type { RunContext } from './run-context.ts'
import type { Testbed } from './testbed.ts'
import type { Window } from './window.ts'

interface About {
  /** The words by which a feature says that it is about such a subject: a `Given`. */
  readonly given: string
  /** What every scenario of this kind needs of the stack. */
  readonly needs: KindNeeds
  /** Looks into the files that declarations of such subjects name, when the config is read. @throws what is wrong there */
  checkFiles?(config: CommonConfig, folder: string): Promise<void>
  /** Components that take long to come up: scenarios of this kind come last, and so many take one job's place. */
  readonly waitsFor?: { readonly component: ComponentName; readonly share: number }
}

/** A kind of subject: how it is declared, put to the test and judged. Each room of `scenarios/` exports one. */
export interface SubjectKind extends Kind, About {
  /** The section of the config that declares such subjects. */
  readonly config: ConfigSection
  /** Names of the subjects that a scenario with these tags is for, where it says `given`. */
  subjects(tags: readonly string[], config: CommonConfig): readonly string[]
  /** Fields of a subject's declaration without which it is not asked what a scenario with these tags asks. */
  lacks(tags: readonly string[], name: string, config: CommonConfig): readonly string[]
  /** The words of its windows, and those of steps that change how a subject is brought up. */
  readonly phrases: readonly string[]
  readonly variants: readonly string[]
  /** Names of all faults and gates of its windows, for `--disarm`. */
  readonly disarmable: readonly string[]
  /** Faults of its own, beside those of the folder `faults/`. */
  readonly faults: readonly Fault[]
  begin(context: RunContext, options: ExperimentOptions): Experiment
}

export interface KindDefinition<P extends ScenarioPlan, V extends View, T extends Testbed, C>
  extends Judging<P, V>,
    About {
  /** The section of the config that declares such subjects. */
  readonly config: ConfigSection<string, C>
  readonly windows: readonly Window<T, V>[]
  /** Faults of its own, beside those of the folder `faults/`. */
  readonly faults?: readonly Fault[]
  /** The words of a `When` that changes how the subject is brought up → what it stands for. */
  readonly variants?: Readonly<Record<string, string>>
  /** Whether the tags of a scenario about such subjects do not exclude one that is declared so. */
  isMeant(tags: readonly string[], declared: C): boolean
  /** Fields that are not declared, and that a scenario with these tags is about. */
  lacks?(tags: readonly string[], declared: C): readonly string[]
  begin(what: Enterable<T, C>, context: RunContext, options: ExperimentOptions): Experiment
}

export function subjectKind<
  P extends ScenarioPlan,
  V extends View & { readonly plan: P },
  T extends Testbed,
  C,
>(definition: KindDefinition<P, V, T, C>): SubjectKind {
  const { id, config: section, given, needs, waitsFor, windows } = definition
  const { checkFiles, faults = [], variants = {} } = definition
  const kind = kindOf(definition)
  const enterable: Enterable<T, C> = {
    id,
    config: section,
    needs,
    predicates: kind.predicates,
    windows: new Map(windows.map((window) => [window.phrase, window])),
    variants: new Map(Object.entries(variants)),
  }
  return {
    ...kind,
    config: section,
    given,
    needs,
    ...(waitsFor ? { waitsFor } : {}),
    ...(checkFiles ? { checkFiles } : {}),
    phrases: [...enterable.windows.keys()],
    variants: Object.keys(variants),
    disarmable: [
      ...new Set(windows.flatMap(({ faults, gates = [] }) => [...gates.map(gateFault), ...faults])),
    ],
    faults,
    subjects: (tags, config) =>
      Object.entries(section.of(config)).flatMap(([name, declared]) =>
        definition.isMeant(tags, declared) ? [name] : [],
      ),
    lacks(tags, name, config) {
      const declared = section.of(config)[name]
      return (declared && definition.lacks?.(tags, declared)) ?? []
    },
    begin: (context, options) => definition.begin(enterable, context, options),
  }
}
