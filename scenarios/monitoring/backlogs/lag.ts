import { z } from 'zod'
import type { Declared } from '../../../subjects/contract/declared.ts'
import { unknownName } from '../../../subjects/contract/references.ts'
import { text } from '../../../subjects/contract/words.ts'
import { consumers } from '../../consuming/config.ts'
import { alert } from './alert.ts'
import { backlog } from './backlog.ts'

const schema = z.strictObject({
  /** A name of `consumers`: its topic and group are what is watched. */
  consumer: text,
  metric: text,
  /** Names of the labels that say whose lag it is. Without `partition` the metric is a sum over all of them. */
  labels: z.strictObject({ group: text, topic: text, partition: text.exactOptional() }),
  /** By what somebody is told that too many events wait. */
  alert: alert.exactOptional(),
})

export interface LagConfig extends Declared<typeof schema> {}

/** Events that a group has not committed past. */
export const lag = backlog<'lag', LagConfig>({
  name: 'lag',
  schema,
  wrongIn(at, { consumer }, config) {
    const declared = consumers.of(config)
    const wrong = unknownName(`${at}.consumer`, consumer, Object.keys(declared), 'consumer')
    if (declared[consumer]?.progress !== 'own') return wrong
    const allowed =
      "a consumer whose progress is 'kafka': nobody can watch the lag of offsets that are kept elsewhere"
    return [...wrong, { field: `${at}.consumer`, found: `'${consumer}'`, allowed }]
  },
  said({ consumer, labels }, { config, prefix }) {
    const { service, topic = '', group = '' } = consumers.of(config)[consumer] ?? {}
    return {
      says: `events wait on ${prefix}${topic}`,
      unit: 'events',
      labels: { [labels.group]: prefix + group, [labels.topic]: prefix + topic },
      ...(labels.partition === undefined ? {} : { part: labels.partition }),
      error: 0,
      rest: 0,
      workers: service === undefined ? [] : [service],
    }
  },
})
