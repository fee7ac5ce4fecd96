import type { SubjectConfig } from '../contract/types.ts'
import { type ConsumerChange, consumerOnly } from './twin.ts'

interface FulfillmentChange extends Omit<ConsumerChange, 'program'> {
  /** This twin remembers nothing that anybody could look at. */
  readonly withoutDedupe?: true
}

/** The reference's fulfillment with another program, a file of `subjects/twins/consumers`. */
export function withFulfillment(file: string, { withoutDedupe, ...change }: FulfillmentChange = {}) {
  return (reference: SubjectConfig): SubjectConfig => {
    const config = consumerOnly('fulfillment', { ...change, program: `consumers/${file}.ts` })(reference)
    if (!withoutDedupe) return config
    const consumers = Object.entries(config.consumers ?? {}).map(([name, { dedupe: _, ...consumer }]) => [
      name,
      consumer,
    ])
    return { ...config, consumers: Object.fromEntries(consumers) }
  }
}

/** The same, where what is known of each order is the effect: a row that is written over. */
export function withOrderStates(file: string) {
  return withFulfillment(file, {
    withoutDedupe: true,
    consumer: {
      effects: {
        table: 'fulfilled_orders',
        eventId: 'event_id',
        key: 'order_id',
        amount: 'amount',
        version: 'version',
      },
    },
  })
}
