import type { ConsumerConfig } from '../../scenarios/config.ts'

/** Environment of a service that asks the registry. */
export const REGISTRY = { SCHEMA_REGISTRY_URL: '{schemaRegistry.url}' } as const

/** Orders in Avro. */
export const ORDERS_IN_AVRO: Pick<ConsumerConfig, 'event'> = {
  event: {
    headers: {
      eventId: '{eventId}',
      eventType: 'OrderPlaced',
      eventVersion: '2',
      traceparent: '{traceparent}',
      'content-type': 'application/avro',
    },
    json: {
      orderId: '{key}',
      customer: { id: 'customer-of-{key}' },
      total: { amount: '{amount}', currency: 'KRW' },
      version: '{version}',
    },
    registry: { schema: 'subjects/twins/avro/order-events.avsc' },
  },
}
