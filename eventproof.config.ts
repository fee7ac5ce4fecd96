import { defineConfig, type PublisherConfig } from './index.ts'
import { outboxConnector } from './subjects/reference/connect/outbox-connector.ts'
import { services } from './subjects/reference/services.ts'

/** What both ways of publishing share: the same service, the same tables, the same topic. */
const orders = {
  service: 'orders',
  command: {
    http: {
      method: 'PUT',
      path: '/orders/{key}',
      json: { customerId: 'customer-of-{key}', totalAmount: '{amount}' },
    },
  },
  state: { table: 'orders', id: 'id', amount: 'total_amount' },
  topic: 'order-events',
  eventId: { header: 'eventId' },
  eventTypeHeader: 'eventType',
  tracing: { header: 'traceparent', spans: true },
  recoverWithin: '15s',
} as const satisfies Partial<PublisherConfig>

const outbox = {
  table: 'outbox_events',
  id: 'id',
  aggregateId: 'aggregate_id',
  payload: 'payload',
  eventType: 'event_type',
  traceparent: 'traceparent',
} as const

/** What a relay of ours keeps of events, beside what Debezium needs. */
const polled = { ...outbox, published: 'published', parked: 'parked_at' } as const

/** CloudEvents' binary mode, as the services in front of the consumers write it. */
const cloudEvent = (source: string, type: string) => ({
  ce_specversion: '1.0',
  ce_id: '{eventId}',
  ce_source: source,
  ce_type: type,
  ce_subject: '{key}',
  ce_time: '{time}',
  'content-type': 'application/json',
})

/** The reference services, declared as anybody would declare services of their own. */
export default defineConfig({
  services,
  publishers: {
    orders: { ...orders, relay: 'relay', outbox: polled },
    'orders-cdc': { ...orders, relay: { debezium: { connector: outboxConnector } }, outbox },
    // The relay of `orders` but for its serializer, so that it is asked about that alone.
    'orders-avro': { ...orders, relay: 'avro-relay', outbox: polled, registry: {}, controls: ['D3'] },
  },
  consumers: {
    fulfillment: {
      service: 'fulfillment',
      topic: 'order-events',
      group: 'order-fulfillment-group',
      eventId: { header: 'eventId' },
      event: {
        headers: {
          eventId: '{eventId}',
          eventType: 'OrderPlaced',
          eventVersion: '2',
          traceparent: '{traceparent}',
          ...cloudEvent('/order-service', 'OrderPlaced'),
        },
        json: {
          orderId: '{key}',
          customer: { id: 'customer-of-{key}' },
          total: { amount: '{amount}', currency: 'KRW' },
          version: '{version}',
        },
        versions: {
          v1: {
            headers: { eventVersion: '1' },
            json: {
              orderId: '{key}',
              customerId: 'customer-of-{key}',
              totalAmount: '{amount}',
              version: '{version}',
            },
          },
          'v2-with-coupon': {
            json: {
              orderId: '{key}',
              customer: { id: 'customer-of-{key}', segment: 'new' },
              total: { amount: '{amount}', currency: 'KRW' },
              version: '{version}',
              coupon: 'WELCOME',
            },
          },
        },
      },
      effects: { table: 'shipments', eventId: 'event_id', key: 'order_id', amount: 'amount' },
      dedupe: { table: 'processed_events', eventId: 'event_id' },
      versions: { table: 'fulfilled_orders', key: 'order_id', version: 'version' },
      outputs: {
        topic: 'shipment-events',
        eventId: { header: 'eventId' },
        cause: { header: 'causationId' },
        amount: '$.amount',
      },
      tracing: { header: 'traceparent', spans: true },
      workers: 3,
      recoverWithin: '20s',
      expiry: {
        session: '3s',
        poll: '4s',
        env: { SESSION_TIMEOUT_MS: '3000', HEARTBEAT_INTERVAL_MS: '500', MAX_POLL_INTERVAL_MS: '4000' },
      },
    },
    payment: {
      service: 'payment',
      topic: 'payment-events',
      group: 'payment-group',
      eventId: { header: 'eventId' },
      event: {
        headers: {
          eventId: '{eventId}',
          eventType: 'PaymentRequested',
          traceparent: '{traceparent}',
          ...cloudEvent('/checkout-service', 'PaymentRequested'),
        },
        json: { paymentId: '{key}', amount: '{amount}' },
      },
      effects: { table: 'payments', eventId: 'event_id', key: 'payment_id', amount: 'amount' },
      dedupe: { table: 'processed_events', eventId: 'event_id' },
      calls: { idempotencyKey: 'idempotency-key' },
      retry: {
        attempts: 4,
        delays: ['1s', '2s', '4s'],
        topics: ['payment-events-retry-0', 'payment-events-retry-1', 'payment-events-retry-2'],
        deadLetter: 'payment-events-dlt',
        never: { http: [422], sqlstate: ['23514'], unreadable: true },
        headers: {
          topic: 'kafka_original-topic',
          partition: 'kafka_original-partition',
          offset: 'kafka_original-offset',
          timestamp: 'kafka_original-timestamp',
          errorClass: 'kafka_exception-fqcn',
          errorMessage: 'kafka_exception-message',
          attempts: 'retry_topic-attempts',
          traceparent: 'traceparent',
        },
      },
      redrive: {
        service: 'redrive',
        approve: {
          http: { method: 'POST', path: '/redrives', json: { by: 'eventproof', eventIds: ['{eventId}'] } },
        },
        runbook: {
          file: 'subjects/reference/redrive/runbook.md',
          env: { NODE: process.execPath, REDRIVE_URL: '{redrive.url}', EVENT_ID: '{eventId}' },
        },
        scheduled: { REDRIVE_INTERVAL_MS: '1000' },
        parkingLot: 'payment-events-parking-lot',
        after: 3,
      },
      tracing: { header: 'traceparent', spans: true },
      order: 'none',
      workers: 3,
      recoverWithin: '20s',
      expiry: {
        session: '3s',
        poll: '4s',
        env: {
          SESSION_TIMEOUT_MS: '3000',
          HEARTBEAT_INTERVAL_MS: '500',
          MAX_POLL_INTERVAL_MS: '4000',
          // Each record is a call to outside: no round may take longer than the interval.
          MAX_POLL_RECORDS: '20',
        },
      },
    },
  },
  scaling: {
    'order-consumer': {
      manifests: ['subjects/reference/k8s/*.yaml'],
      consumer: 'fulfillment',
      quick: { pollingInterval: 1, cooldownPeriod: 5 },
    },
  },
  schemas: {
    'order-schemas': { topic: 'order-events', service: 'schemas', level: 'BACKWARD' },
    'shipment-schemas': {
      topic: 'shipment-events',
      dir: 'subjects/reference/schemas/shipment-events',
      level: 'BACKWARD',
    },
    'payment-schemas': {
      topic: 'payment-events',
      dir: 'subjects/reference/schemas/payment-events',
      level: 'BACKWARD',
    },
  },
  monitoring: {
    'order-lag': {
      service: 'lag-exporter',
      lag: {
        consumer: 'fulfillment',
        metric: 'kafka_consumergroup_lag',
        labels: { group: 'consumergroup', topic: 'topic', partition: 'partition' },
        alert: { rules: 'subjects/reference/monitor/consumer-lag.rules.yml', name: 'ConsumerLag', above: 50 },
      },
    },
    'order-backlogs': {
      service: 'backlog-exporter',
      letters: {
        consumer: 'payment',
        group: 'payment-redrive-group',
        metric: 'kafka_dead_letters',
        labels: { topic: 'topic', partition: 'partition' },
        alert: { rules: 'subjects/reference/monitor/backlogs.rules.yml', name: 'DeadLetters', above: 0 },
      },
      outbox: {
        publisher: 'orders',
        in: 'seconds',
        metric: 'outbox_oldest_unpublished_seconds',
        alert: { rules: 'subjects/reference/monitor/backlogs.rules.yml', name: 'OutboxStuck', above: 5 },
      },
      slot: {
        publisher: 'orders-cdc',
        metric: 'postgres_replication_slot_retained_bytes',
        labels: { slot: 'slot_name' },
        called: 'orders_outbox',
        alert: {
          rules: 'subjects/reference/monitor/backlogs.rules.yml',
          name: 'SlotKeepsWal',
          above: 64 * 1024 * 1024,
        },
      },
    },
  },
})
