import type { EventOf } from '../../proof/history/event.ts'
import type { LoggedRecord } from '../../proof/history/logged-record.ts'
import type { View } from '../../proof/history/view.ts'
import { predicatesOver } from '../../proof/predicate.ts'
import type { Strategy } from '../../schemas/subject-name.ts'
import type { Traces } from './traces.ts'

/** What is asked of producers, in the view of any subject that has some. */
export interface ProducerView extends View {
  /** Records that they stored. */
  readonly stored: readonly LoggedRecord[]
  /** How they asked for records to be stored, where requests were watched. */
  readonly requests: readonly EventOf<'k.client'>[]
  /** Visible records on all declared topics. What the harness spoiled on purpose is left out. */
  readonly onTopics: readonly OnTopic[]
  /** What is told of how it passes trace contexts on; undefined where it is not declared to. */
  readonly traces: Traces | undefined
  /** How it writes through a schema registry, and to which topic if not to all; undefined where it is not declared to. */
  readonly registry: { readonly strategy?: Strategy; readonly topic?: string } | undefined
}

/** A record on a declared topic, and where it comes from. */
export interface OnTopic extends Pick<LoggedRecord, 'record' | 'id' | 'index'> {
  /** `harness`: we put it there, as the config declares events of this topic. */
  readonly by: 'subject' | 'harness'
  /** The record that it hands on: of a retry or a dead letter the one that was delivered. */
  readonly handsOn?: LoggedRecord
}

export const { predicate, isPredicate } = predicatesOver<ProducerView>()
