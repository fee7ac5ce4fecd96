import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { failedTries } from '../mutations/tries.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, expectedOutcome, isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'
import { refusedWords } from './refused-words.ts'
import { type Tries, triesOf } from './retry-count.ts'

/**
 * RD1. What fails a few times is tried until it succeeds; what always fails is tried as often as declared and becomes
 * a dead letter.
 *
 * What can violate it: a dead letter at the first failure, a counter that is not raised or that a restart forgets, one
 * try more or less than declared.
 * How it is seen: attempts leave messages that no rollback takes back, calls are counted by our stub, retries are
 * records. Each copy, and each time that a fault or a rebalance may have made the group read it again, allows as many
 * more. Each of those may also have been an attempt that nobody saw, so that too few is said only of what they leave
 * open, and not while the database was out of reach; parts of a batch that is divided are one attempt. What could not be
 * read while the schema registry was away has failed for no fault of its own: it is a dead letter too early unless records
 * show all attempts, or those in place had the time of all delays.
 */
export const declaredAttempts = predicate({
  id: 'RD1',
  title: 'attempts',
  claim: 'events are tried as often as declared',
  promise: 'What fails is tried as often as declared: until it succeeds, or is a dead letter.',
  formal:
    'fails k times, k below the declared attempts ⇒ k + 1 attempts and no dead letter; always fails ⇒ as many as declared, then a dead letter; each copy, reread, fault or new generation allows as many again, and explains one attempt that was not seen',
  expectation: 'declared',
  controls: ['C2'],
  alsoFor: ['D3'],
  violations: {
    'premature-dlt': {},
    'retry-count-mismatch': {},
    'infinite-retry': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no retries are declared' : undefined),
  check(view) {
    const { retry } = view.plan.consumer
    if (retry === undefined) return held(this.id, 0)
    let judged = 0
    for (const event of view.consumed) {
      if (event.deliveries.length === 0 || event.inputs[0]?.retriable !== true) continue
      const tries = triesOf(event, retry.attempts, view)
      judged++
      const name = misjudged(event, tries, view)
      if (name === undefined) continue
      const end =
        event.deadLetters.length > 0
          ? ` and is a dead letter${unreadWords(event, view)}`
          : event.effects.length > 0
            ? ''
            : ' without an end'
      const counts = `${tries.wanted} were due, ${tries.allowed} can be explained`
      const why = name === 'premature-dlt' && !isFailing(event) ? 'nothing was wrong with it' : counts
      const says = `${eventName(event)} was tried ${tries.count} times${end}; ${why}${name === 'premature-dlt' ? '' : refusedWords(event, view)}`
      const seqs = [...deliverySeqs(event), ...tries.seqs]
      return violated(this.id, name, counterexample(says, seqs, eventSubject(event)))
    }
    return held(this.id, judged)
  },
  /** An event is tried more often than anything explains. */
  mutation: {
    says: 'try an event more often than declared',
    names: ['retry-count-mismatch', 'infinite-retry'],
    applies: (view) => view.plan.consumer.retry !== undefined && candidates(view).length > 0,
    apply(view) {
      const { retry } = view.plan.consumer
      const [event] = candidates(view)
      if (event === undefined || retry === undefined) return undefined
      const { utmost } = triesOf(event, retry.attempts, view)
      return mutated(view.events, { added: failedTries(event, utmost + 1, view) })
    },
  },
})

function misjudged(event: ConsumedEvent, tries: Tries, view: ConsumerView): string | undefined {
  const { count, wanted, allowed, rereads } = tries
  const [dead] = event.deadLetters
  const ended = dead !== undefined || event.effects.length > 0
  // What nobody lets fail may be tried again for its neighbours in a batch.
  if (count > allowed && isFailing(event)) return ended ? 'retry-count-mismatch' : 'infinite-retry'
  if (dead === undefined || !view.topics.main.databaseSeenSince(dead.record.seq)) return undefined
  const expected = expectedOutcome(event)
  if (expected === 'either') return undefined
  const succeeds = expected === 'effect'
  if (succeeds && outOfReach(TELLS, event, dead.record.seq, view))
    return isTriedToTheEnd(event, tries, dead.record, view) ? undefined : 'premature-dlt'
  const unseen = rereads + event.deliveries.length - 1
  if (unseen > 0) {
    const { attempts = 0 } = view.plan.consumer.retry ?? {}
    const short = count + unseen < attempts && !outOfReach(HIDES, event, dead.record.seq, view)
    return short && (succeeds || count > 0) ? 'premature-dlt' : undefined
  }
  if (succeeds) return outOfReach(HIDES, event, dead.record.seq, view) ? undefined : 'premature-dlt'
  // Nobody saw an attempt of what can't be read; that it became a dead letter at once is RD5's matter.
  if (count === 0 || count >= wanted) return undefined
  return count === 1 ? 'premature-dlt' : 'retry-count-mismatch'
}

/**
 * Without which attempts may have failed for another reason than ours, or before they could be seen: without its database,
 * or what it calls, a consumer may try as often as it is told to.
 */
const HIDES = /^(database|outside)$/

/** The way to say by which schema an event is written. */
const TELLS = /^registry$/

function unreadWords(event: ConsumedEvent, view: ConsumerView): string {
  const dead = event.deadLetters[0]?.record.seq ?? 0
  return outOfReach(TELLS, event, dead, view)
    ? ', and nobody could read it while the schema registry was away'
    : ''
}

/** Whether something of these names was out of reach between the event's first record and `to`. */
function outOfReach(what: RegExp, event: ConsumedEvent, to: number, { disturbances }: ConsumerView): boolean {
  const [from = 0] = deliverySeqs(event)
  return disturbances.faults.some(
    ({ armed, cleared }) =>
      what.test(armed.unreachable ?? '') &&
      armed.seq < to &&
      (cleared?.seq ?? Number.POSITIVE_INFINITY) > from,
  )
}

/** Where each retry has a topic, each left a record; in place they took the time of all delays, and nobody saw them. */
function isTriedToTheEnd(
  { deliveries }: ConsumedEvent,
  { count }: Tries,
  dead: { readonly at: number },
  { plan: { consumer, bounds } }: ConsumerView,
): boolean {
  const { attempts = 1, delays = [], topics = [] } = consumer.retry ?? {}
  if (count >= attempts) return true
  const waited = dead.at - (deliveries[0]?.record.at ?? dead.at)
  return topics.length < attempts - 1 && waited + bounds.late >= delays.reduce((sum, delay) => sum + delay, 0)
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deliveries.length > 0 && event.inputs[0]?.retriable === true && isFailing(event),
  )
}
