import type { z } from 'zod'
import type { CommonConfig, WrongField } from '../../../subjects/contract/index.ts'
import type { BacklogDeclaration } from '../plan.ts'
import type { AlertConfig } from './alert.ts'

/** What is declared of every backlog, whichever it is. */
export interface ReportedConfig {
  readonly metric: string
  readonly alert?: AlertConfig
}

/** What the names of a scenario are made of. */
export interface Names {
  readonly config: CommonConfig
  /** Before topics and groups. */
  readonly prefix: string
  /** Of the database, and of a slot on it. */
  readonly database: string
}

/** What is said of a backlog that is declared: all but its metric and its alert. */
export interface Said extends Pick<BacklogDeclaration, 'says' | 'unit' | 'labels' | 'part' | 'error'> {
  /** Part of what may wait that is as good as nothing; 0: nothing. */
  readonly rest: 0 | 0.5
  /** Services that work it off. */
  readonly workers: readonly string[]
  /** Labels whose values the rules say otherwise than this scenario: → as the rules say it; else the prefix is taken off. */
  readonly renamed?: Readonly<Record<string, string>>
}

/** Something that can wait: how it is declared, and what is said of it. Each file beside this one is one. */
export interface Backlog<N extends string, C extends ReportedConfig> {
  /** The field of the config. */
  readonly name: N
  readonly schema: z.ZodType<C>
  wrongIn(at: string, declared: C, config: CommonConfig): readonly WrongField[]
  said(declared: C, names: Names): Said
}

export function backlog<N extends string, C extends ReportedConfig>(
  definition: Backlog<N, C>,
): Backlog<N, C> {
  return definition
}

/** A label and its value, where the label is declared. */
export function labelled(label: string | undefined, value: string): Readonly<Record<string, string>> {
  return label === undefined ? {} : { [label]: value }
}
