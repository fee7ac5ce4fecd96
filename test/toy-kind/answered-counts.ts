import { counterexample, held, mutated, predicatesOver, unknown, violated } from 'eventproof/kind'
import type { CounterView } from './counter-view.ts'

const { predicate } = predicatesOver<CounterView>()

/** TC1. The total is at least what was answered: an addition that nobody answered may count or not. */
export const answeredCounts = predicate({
  id: 'TC1',
  title: 'no lost addition',
  claim: 'every addition that was answered counts',
  promise: 'An addition that was answered is in the total, whatever happens to the counter.',
  formal: 'total ≥ Σ answered additions',
  controls: [],
  violations: { 'lost-addition': {} },
  check({ answered, total }) {
    if (total === undefined) return unknown('TC1', 'nobody asked for the total')
    const sum = answered.reduce((all, { amount }) => all + amount, 0)
    if (total.value >= sum) return held('TC1', answered.length)
    const says = `${answered.length} additions of ${sum} were answered, and the total is ${total.value}`
    return violated(
      'TC1',
      'lost-addition',
      counterexample(says, [...answered.map(({ seq }) => seq), total.seq]),
    )
  },
  mutation: {
    says: 'lower the total',
    apply: ({ events, total }) => total && mutated(events, { replaced: [{ ...total, value: 0 }] }),
  },
})
