import { counterexample, held, more, nameOf, subjectOf, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withPayload } from '../mutations/outbox-rows.ts'
import { predicate } from '../predicate.ts'
import { payloadAmount } from '../view/payload-amount.ts'

/**
 * OA9. An event says what its transaction wrote to the business row.
 *
 * What can violate it: a payload that is computed apart from the row: rounded, from the request, from a row that was
 * read before.
 * How it is seen: the business row and the payload of the outbox row in one transaction, by the number that each command
 * brings. The place of that number in the payload is found from the events themselves; where payloads carry no such
 * number nothing is asked.
 */
export const payloadFollowsState = predicate({
  id: 'OA9',
  title: 'state',
  claim: 'events say what their transaction wrote',
  promise: 'An event says what its own transaction wrote to the business row.',
  formal:
    'the number in the payload that stands for the declared amount (found where they agree in most events) is the amount that the same transaction wrote',
  expectation: 'declared',
  controls: ['P1'],
  violations: { 'payload-not-state': {} },
  undeclared: ({ plan: { publisher } }) =>
    publisher.state.amount === undefined || publisher.outbox?.payload === undefined
      ? 'no state.amount or no outbox.payload is declared'
      : undefined,
  check(view) {
    const found = payloadAmount(view.expectedEvents())
    if (found === undefined) return held(this.id, 0)
    const { path, events } = found
    const other = events.filter(({ written, told }) => told !== written)
    const [first] = other
    if (first === undefined) return held(this.id, events.length)
    const { event, written, told } = first
    const { table, amount } = view.plan.publisher.state
    const says = `${nameOf(event)} says ${told} at ${path}, and its transaction wrote ${written} to ${table}.${amount}${more(other.length)}; ${events.length} events have a number there`
    return violated(
      this.id,
      'payload-not-state',
      counterexample(says, [event.tx.event.seq], subjectOf(event)),
    )
  },
  mutation: {
    says: 'let one event say another amount than its transaction wrote',
    applies: (view) => payloadAmount(view.expectedEvents()) !== undefined,
    apply(view) {
      const found = payloadAmount(view.expectedEvents())
      const one = found?.events.find(({ written, told }) => told === written)
      if (one === undefined) return undefined
      const { event, written } = one
      const told = withPayload(event, view.plan.publisher.outbox, (payload) =>
        payload.replaceAll(written, String(Number(written) + 1)),
      )
      return told === undefined ? undefined : mutated(view.events, { replaced: [told] })
    },
  },
})
