import type { EventKind, EventOf, HistoryEvent } from './history/event.ts'
import type { FactName } from './history/fact.ts'
import type { Fact } from './history/recorded-fact.ts'
import type { View } from './history/view.ts'

/** One trial of a window: the events between its `phase` marker and the next one, in order. */
export interface Trial<V extends View = View> {
  readonly number: number
  readonly events: readonly HistoryEvent[]
  /** All events of the scenario, for facts that lie before or after the trial (a late record, a restart). */
  readonly history: readonly HistoryEvent[]
  /** The same, indexed. */
  readonly view: V
  /** The first event of a kind in this trial that matches. */
  first<K extends EventKind>(kind: K, match?: (event: EventOf<K>) => boolean): EventOf<K> | undefined
  /** The facts of this name in this trial. */
  facts<N extends FactName>(name: N): readonly Fact<N>[]
}

/** Proof that a window was open when the fault took effect. Grade C (only clocks) never suffices. */
export interface Entry {
  readonly grade: 'A' | 'B'
  readonly says: string
  readonly events: readonly number[]
}

/** What the judge knows of a window: how to see, from the history alone, that a trial was inside it. */
export interface JudgedWindow<V extends View = View> {
  readonly id: string
  readonly title: string
  /** For docs/predicates.md: by what it is held open, and what in the history shows that it was. */
  readonly held?: string
  readonly shown?: string
  /** Returns the evidence, or undefined where the trial did not enter the window. */
  entered(trial: Trial<V>): Entry | undefined
  /**
   * Of a trial that did not enter: what shows that the subject's own design keeps it out. Undefined where nothing does;
   * then it is the trial that failed.
   */
  excluded?(trial: Trial<V>): Entry | undefined
}
