import { section } from '../../subjects/contract/section.ts'
import { type ConsumerConfig, consumer } from './consumer-config.ts'
import { references } from './references.ts'
import { uses } from './topic-use.ts'

export type { ConsumerConfig } from './consumer-config.ts'
export type { OutputsConfig } from './outputs-config.ts'
export type { RedriveConfig } from './redrive-config.ts'
export type { RetryConfig } from './retry-config.ts'

/** Consumers, as a config declares them. */
export const consumers = section<'consumers', ConsumerConfig>({
  name: 'consumers',
  subject: consumer,
  references,
  uses,
})
