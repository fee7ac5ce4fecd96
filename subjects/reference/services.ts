import type { ServiceConfig } from '../contract/config.ts'
import { node } from './service/command.ts'

const relay = {
  DATABASE_URL: '{postgres.url}',
  KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
  TOPIC_PREFIX: '{topicPrefix}',
  PORT: '{port}',
} as const

/** What of the reference system is run, and how. */
export const services = {
  orders: {
    command: node('subjects/reference/orders/main.ts'),
    env: { DATABASE_URL: '{postgres.url}', OTEL_EXPORTER_OTLP_ENDPOINT: '{otlp.endpoint}', PORT: '{port}' },
    ready: { http: '/health' },
    migrations: ['subjects/reference/db/*.sql'],
  },
  relay: {
    command: node('subjects/reference/relay/main.ts'),
    env: relay,
    ready: { http: '/health' },
  },
  'avro-relay': {
    command: node('subjects/reference/relay/avro-main.ts'),
    env: {
      ...relay,
      SCHEMA_REGISTRY_URL: '{schemaRegistry.url}',
      SCHEMA: 'subjects/reference/schemas/order-events/v1.avsc',
      SUBJECT: '{topicPrefix}order-events-value',
    },
    ready: { http: '/health' },
  },
  fulfillment: {
    command: node('subjects/reference/fulfillment/main.ts'),
    build: { context: '.', dockerfile: 'subjects/reference/Dockerfile' },
    env: {
      DATABASE_URL: '{postgres.url}',
      KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
      TOPIC_PREFIX: '{topicPrefix}',
      CONSUMER_GROUP: '{topicPrefix}order-fulfillment-group',
      OTEL_EXPORTER_OTLP_ENDPOINT: '{otlp.endpoint}',
      PORT: '{port}',
    },
    ready: { http: '/health' },
    migrations: [
      'subjects/reference/db/002-*.sql',
      'subjects/reference/db/010-*.sql',
      'subjects/reference/db/011-*.sql',
    ],
  },
  payment: {
    command: node('subjects/reference/payment/main.ts'),
    env: {
      DATABASE_URL: '{postgres.url}',
      KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
      TOPIC_PREFIX: '{topicPrefix}',
      CONSUMER_GROUP: '{topicPrefix}payment-group',
      PAYMENT_GATEWAY_URL: '{stub.url}',
      ALERT_WEBHOOK_URL: '{alerts.url}',
      OTEL_EXPORTER_OTLP_ENDPOINT: '{otlp.endpoint}',
      PORT: '{port}',
    },
    ready: { http: '/health' },
    migrations: ['subjects/reference/db/010-*.sql', 'subjects/reference/db/012-*.sql'],
  },
  redrive: {
    command: node('subjects/reference/redrive/main.ts'),
    env: {
      DATABASE_URL: '{postgres.url}',
      KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
      TOPIC_PREFIX: '{topicPrefix}',
      CONSUMER_GROUP: '{topicPrefix}payment-redrive-group',
      REDRIVE_INTERVAL_MS: '0',
      PORT: '{port}',
    },
    ready: { http: '/health' },
    migrations: ['subjects/reference/db/013-*.sql'],
  },
  schemas: {
    command: node('subjects/reference/schemas/main.ts'),
    env: {
      SCHEMA_REGISTRY_URL: '{schemaRegistry.url}',
      TOPIC_PREFIX: '{topicPrefix}',
      SUBJECT: 'order-events-value',
      SCHEMAS_DIR: 'subjects/reference/schemas/order-events',
      LEVEL: 'BACKWARD',
      PORT: '{port}',
    },
    ready: { http: '/health' },
  },
  'lag-exporter': {
    command: node('subjects/reference/monitor/main.ts'),
    env: {
      KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
      TOPIC_PREFIX: '{topicPrefix}',
      CONSUMER_GROUP: '{topicPrefix}order-fulfillment-group',
      PORT: '{port}',
    },
    ready: { http: '/health' },
  },
  'backlog-exporter': {
    command: node('subjects/reference/monitor/main.ts'),
    env: {
      DATABASE_URL: '{postgres.url}',
      KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}',
      TOPIC_PREFIX: '{topicPrefix}',
      REDRIVE_GROUP: '{topicPrefix}payment-redrive-group',
      PORT: '{port}',
    },
    ready: { http: '/health' },
  },
} as const satisfies Readonly<Record<string, ServiceConfig>>
