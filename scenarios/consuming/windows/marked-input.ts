import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import { type ConsumerDeclaration, isConsumerPlan } from '../plan.ts'
import { bringsEffect, inputName } from '../view/effect-name.ts'

/** What the consumer of this trial's scenario declares. */
export function consumerOf(trial: Trial): ConsumerDeclaration | undefined {
  const { plan } = trial.view
  return isConsumerPlan(plan) ? plan.consumer : undefined
}

/** The first input under the key that this trial treats apart. */
export function markedInput(trial: Trial): EventOf<'input'> | undefined {
  return markedInputs(trial)[0]
}

/** All inputs of this trial under that key, in order. */
export function markedInputs(trial: Trial): readonly EventOf<'input'>[] {
  const key = markedKey(trial)
  return trial.events
    .filter((event) => event.kind === 'input')
    .filter(({ mark, key: own }) => (mark ?? own) === key)
}

/** Transactions of the whole scenario that left an effect of an input, in order. */
export function effectsOf(
  trial: Trial,
  input: EventOf<'input'>,
  consumer = consumerOf(trial),
): EventOf<'pg.tx'>[] {
  if (consumer === undefined) return []
  return trial.history
    .filter((event) => event.kind === 'pg.tx')
    .filter((tx) => bringsEffect(tx, consumer, input))
}

/** The group's first commit past an input. */
export function commitPast(
  trial: Trial,
  input: EventOf<'input'>,
  consumer = consumerOf(trial),
): EventOf<'k.commit'> | undefined {
  const { group } = consumer ?? {}
  return trial.history.find(
    (event): event is EventOf<'k.commit'> =>
      event.kind === 'k.commit' &&
      event.group === group &&
      event.topic === input.topic &&
      event.partition === input.partition &&
      event.offset > input.offset,
  )
}

/** The backend that stood at the effect gate of an input. */
export function waitingFor(
  trial: Trial,
  input: EventOf<'input'>,
  consumer = consumerOf(trial),
): EventOf<'gate.waiting'> | undefined {
  if (consumer === undefined) return undefined
  const name = inputName(consumer, input)
  return trial.first('gate.waiting', (waiting) => waiting.gate === 'effect' && waiting.key === name)
}
