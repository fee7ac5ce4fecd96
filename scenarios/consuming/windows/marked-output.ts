import type { Entry, Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input } from '../testbed/inputs.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { consumerOf, effectsOf, markedInput } from './marked-input.ts'

/** The first record on the topic of outputs behind an input, in a trial in which no other event is handled. */
export function outputOf({ history, consumer }: ConsumerTestbed, input: Input) {
  const { topic } = consumer.outputs ?? {}
  return history.first('k.record', (record) => record.seq > input.seq && record.topic === topic)
}

/** What a trial shows of the event that is treated apart: its effect, its output, the fault on the wire, and the kill. */
export function announcementIn(trial: Trial) {
  const input = markedInput(trial)
  const [effect] = input ? effectsOf(trial, input) : []
  const { topic } = consumerOf(trial)?.outputs ?? {}
  const output = trial.first('k.record', (record) => record.topic === topic && record.seq > (input?.seq ?? 0))
  const hurt = trial.first('fault.took-effect', ({ fault }) => fault === 'wire')
  const killed = trial.first('fault.took-effect', ({ fault }) => fault === 'kill')
  return { input, effect, output, hurt, killed }
}

/** What shows that another program publishes what this one has done: nothing of it passes its own connection to the broker. */
export function announcedByOthers(trial: Trial<ConsumerView>): Entry | undefined {
  const { input, effect, output, hurt } = announcementIn(trial)
  if (!input || !effect || !output || hurt) return undefined
  if (trial.view.event(input.event)?.outputs[0]?.record !== output) return undefined
  return {
    grade: 'A',
    says: `the output of offset ${input.offset} came to ${output.topic}/${output.partition}@${output.offset} while no record for that topic could pass the consumer’s own connection: something else publishes it`,
    events: [input.seq, effect.seq, output.seq],
  }
}
