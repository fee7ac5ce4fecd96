import type { EventOf } from '../../../proof/history/event.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import { consumerOf, effectsOf, markedInput } from './marked-input.ts'

/** The first record on the topic of outputs in this trial, in which no other event is handled. */
export function outputOf({
  history,
  consumer,
  trialBegan,
}: ConsumerTestbed): EventOf<'k.record'> | undefined {
  const { topic } = consumer.outputs ?? {}
  return history.first('k.record', (record) => record.seq > trialBegan && record.topic === topic)
}

/** What a trial shows of the event that is treated apart: its effect, its output, the fault on the wire, and the kill. */
export function announcementIn(trial: Trial) {
  const input = markedInput(trial)
  const [effect] = input ? effectsOf(trial, input) : []
  const { topic } = consumerOf(trial)?.outputs ?? {}
  const output = trial.first('k.record', (record) => record.topic === topic)
  const hurt = trial.first('fault.took-effect', ({ fault }) => fault === 'wire')
  const killed = trial.first('fault.took-effect', ({ fault }) => fault === 'kill')
  return { input, effect, output, hurt, killed }
}

/** What shows that another program publishes what this one has done: nothing of it passes its own connection to the broker. */
export function announcedByOthers(trial: Trial): Entry | undefined {
  const { input, effect, output, hurt } = announcementIn(trial)
  if (!input || !effect || !output || hurt) return undefined
  return {
    grade: 'A',
    says: `the output of offset ${input.offset} came to ${output.topic}/${output.partition}@${output.offset} while no record for that topic could pass the consumer’s own connection: something else publishes it`,
    events: [input.seq, effect.seq, output.seq],
  }
}
