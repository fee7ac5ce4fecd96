import type { ConsumerConfig, SubjectConfig } from '../../scenarios/config.ts'
import { type ConsumerChange, consumerOnly } from './twin.ts'

interface FulfillmentChange extends Omit<ConsumerChange, 'program'> {
  /** This twin remembers nothing that anybody could look at. */
  readonly withoutDedupe?: true
  /** This twin ships in a way of its own, and says nothing about it. */
  readonly withoutOutputs?: true
}

/** The reference's fulfillment with another program, a file of `subjects/twins/consumers`. */
export function withFulfillment(
  file: string,
  { withoutDedupe, withoutOutputs, ...change }: FulfillmentChange = {},
) {
  return (reference: SubjectConfig): SubjectConfig => {
    const config = consumerOnly('fulfillment', { ...change, program: `consumers/${file}.ts` })(reference)
    const consumers = Object.entries(config.consumers ?? {}).map(
      ([name, { dedupe, outputs, versions, ...consumer }]) => [
        name,
        {
          ...consumer,
          ...(withoutDedupe || dedupe === undefined ? {} : { dedupe }),
          ...(withoutOutputs || outputs === undefined ? {} : { outputs }),
          // Whoever ships in a way of its own keeps no newest state of an order, or declares it as its effect.
          ...(withoutOutputs || versions === undefined ? {} : { versions }),
        },
      ],
    )
    return { ...config, consumers: Object.fromEntries(consumers) }
  }
}

/** Orders wait in a table until they are shipped. */
export const INBOX: FulfillmentChange = {
  migrations: ['inbox.sql'],
  consumer: { inbox: { table: 'inbox', eventId: 'event_id' } },
}

/** A shipment is written down before it is done, and remembered by that row alone. */
export const BEGUN: FulfillmentChange = {
  migrations: ['shipment-status.sql'],
  withoutDedupe: true,
  withoutOutputs: true,
}

/** The same, and the config says which state of the row is the effect. */
export const BEGUN_AND_DONE: FulfillmentChange = {
  ...BEGUN,
  consumer: {
    effects: {
      table: 'shipments',
      eventId: 'event_id',
      key: 'order_id',
      amount: 'amount',
      done: { column: 'status', is: 'done' },
    },
  },
}

/** What is known of each order is the effect. */
export const ORDER_STATES: Pick<ConsumerConfig, 'effects'> = {
  effects: {
    table: 'fulfilled_orders',
    eventId: 'event_id',
    key: 'order_id',
    amount: 'amount',
    version: 'version',
  },
}

/** The same, where one sum an order is the effect: which events are in it no row tells. */
export function withOrderTotals(file: string, change: Pick<FulfillmentChange, 'withoutDedupe'> = {}) {
  return withFulfillment(file, {
    ...change,
    withoutOutputs: true,
    migrations: ['order-totals.sql'],
    consumer: { effects: { table: 'order_totals', key: 'order_id', sum: 'total' } },
  })
}

/** The same, where what is known of each order is the effect: a row that is written over. */
export function withOrderStates(file: string) {
  return withFulfillment(file, {
    withoutDedupe: true,
    withoutOutputs: true,
    consumer: ORDER_STATES,
  })
}
