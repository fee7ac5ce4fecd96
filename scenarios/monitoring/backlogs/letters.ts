import { z } from 'zod'
import type { Declared } from '../../../subjects/contract/declared.ts'
import { unknownName } from '../../../subjects/contract/references.ts'
import { text } from '../../../subjects/contract/words.ts'
import { consumers } from '../../consuming/config.ts'
import { alert } from './alert.ts'
import { backlog, labelled } from './backlog.ts'

const schema = z.strictObject({
  /** A name of `consumers`: the dead-letter topic of its `retry` is what is watched. */
  consumer: text,
  /**
   * The group that takes letters up, without the prefix: what it has not committed past waits. Without it all that lies on
   * the topic does.
   */
  group: text.exactOptional(),
  metric: text,
  /** Names of the labels that say whose letters they are. Without `partition` the metric is a sum over all of them. */
  labels: z.strictObject({
    topic: text,
    group: text.exactOptional(),
    partition: text.exactOptional(),
  }),
  /** By what somebody is told that letters wait. */
  alert: alert.exactOptional(),
})

export interface LettersConfig extends Declared<typeof schema> {}

/** Dead letters that nobody has taken up. */
export const letters = backlog<'letters', LettersConfig>({
  name: 'letters',
  schema,
  wrongIn(at, { consumer, group, labels }, config) {
    const declared = consumers.of(config)
    const wrong = unknownName(`${at}.consumer`, consumer, Object.keys(declared), 'consumer')
    const without = wrong.length === 0 && deadLetter(declared[consumer]) === undefined
    return [
      ...wrong,
      ...(without
        ? [
            {
              field: `${at}.consumer`,
              found: `'${consumer}', whose retry.deadLetter is nothing`,
              allowed: 'a consumer that declares its dead-letter topic',
            },
          ]
        : []),
      ...(labels.group !== undefined && group === undefined
        ? [
            {
              field: `${at}.labels.group`,
              found: `'${labels.group}', and no group`,
              allowed: 'the label of a group only where letters.group names it',
            },
          ]
        : []),
    ]
  },
  said({ consumer, group, labels }, { config, prefix }) {
    const topic = prefix + (deadLetter(consumers.of(config)[consumer]) ?? '')
    return {
      says: `dead letters wait on ${topic}`,
      unit: 'letters',
      labels: { [labels.topic]: topic, ...labelled(labels.group, `${prefix}${group}`) },
      ...(labels.partition === undefined ? {} : { part: labels.partition }),
      error: 0,
      rest: 0,
      workers: [],
    }
  },
})

function deadLetter(consumer: { readonly retry?: { readonly deadLetter?: string } } | undefined) {
  return consumer?.retry?.deadLetter
}
