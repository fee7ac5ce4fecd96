import type { Method } from '../proof/judgement.ts'

export type Stage = 'design' | 'publish' | 'consume' | 'operate'

/** One line of the guide's checklist, and how this tool answers it. */
export interface Control {
  readonly id: string
  readonly stage: Stage
  /** A short name for tables. */
  readonly title: string
  /** What is claimed when it is HELD. */
  readonly asks: string
  /** The checklist's own sentence. */
  readonly ko: string
  readonly methods: readonly Method[]
  readonly judgedBy: string
  /** What a HELD does not say. */
  readonly limits: readonly string[]
  /** It is asked only of subjects that declare what it is about, not of each one. */
  readonly partly?: true
  /** Judged where everything is, or where it is named: a service may be a good one in all else without it. */
  readonly byName?: true
}
