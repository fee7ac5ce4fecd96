import { brand } from '../core/brand.ts'
import type { Capability } from '../stacks/stack.ts'
import type { FaultLog } from './fault-log.ts'

/** What an experiment needs beside the subject itself. */
export interface Needs {
  readonly capabilities?: readonly Capability[]
  /** Links of the relay that must exist, because they are hurt. */
  readonly links?: readonly ('relay→kafka' | 'service→postgres')[]
  /** A database server of its own, because it is crashed. */
  readonly ownServer?: boolean
  /** A component that no other scenario may use at the same time. */
  readonly exclusive?: 'connect'
  /** Instances of the relay; default 1. */
  readonly relays?: number
  /** Instances of the consumer; default 1. */
  readonly consumers?: number
  /** Sessions and polls must time out early, as the consumer's config says how. */
  readonly expiry?: true
  /** A limit for the memory of a pod's containers, where their manifest has none. */
  readonly memoryLimit?: true
  /** The service that minds dead letters, which lets them go when it is told to, or by itself every second. */
  readonly redrive?: 'approved' | 'scheduled'
}

/** What can be hurt, by name: the file of a fault says what its target must offer. */
// biome-ignore lint/suspicious/noEmptyInterface: files of faults add to it
export interface Targets {}

export type TargetName = keyof Targets

/** What faults need of a testbed: where they are recorded, and the targets that it has. */
export interface Hurtable {
  readonly faults: FaultLog
  readonly targets: { readonly [K in TargetName]?: () => Targets[K] }
}

/** What is done to the subject while a window is open, and how it is undone. */
export interface Fault {
  /** The name in histories and for `--disarm`: faults that do the same have one. */
  readonly id: string
  /** The words by which Gherkin names it. */
  readonly phrase: string
  readonly target: TargetName
  readonly needs: Needs
  inject(testbed: Hurtable): Promise<void>
  heal(testbed: Hurtable): Promise<void>
}

export interface FaultDefinition<K extends TargetName> {
  readonly id: string
  readonly phrase: string
  readonly target: K
  readonly needs: Needs
  /** Resolves when there is evidence that it took effect, or will not. */
  inject(target: Targets[K], log: FaultLog): Promise<void>
  /** Resolves when the target is well again. */
  heal(target: Targets[K], log: FaultLog): Promise<void>
}

const { make, is } = brand<Fault>()
export const isFault = is

/** A fault, exported by a file of its own. */
export function fault<K extends TargetName>(definition: FaultDefinition<K>): Fault {
  const { target, inject, heal } = definition
  const on = ({ targets }: Hurtable): Targets[K] => {
    const offered = targets[target]
    if (!offered) throw new Error(`'${definition.phrase}' needs a ${target}, and this subject has none`)
    return offered()
  }
  return make({
    ...definition,
    inject: async (testbed) => inject(on(testbed), testbed.faults),
    heal: async (testbed) => heal(on(testbed), testbed.faults),
  })
}
