import type { EventOf } from '../../proof/history/event.ts'
import type { LoggedRecord } from '../../proof/history/logged-record.ts'
import type { View } from '../../proof/history/view.ts'
import { predicatesOver } from '../../proof/predicate.ts'

/** What is asked of producers, in the view of any subject that has some. */
export interface ProducerView extends View {
  /** Records that they stored. */
  readonly stored: readonly LoggedRecord[]
  /** How they asked for records to be stored, where requests were watched. */
  readonly requests: readonly EventOf<'k.client'>[]
}

export const { predicate, isPredicate } = predicatesOver<ProducerView>()
