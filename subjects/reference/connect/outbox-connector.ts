/**
 * Debezium publishes the outbox: the guide's EventRouter settings, and what has to be said besides so that
 * nothing is lost. Values are the connector's own settings, as they are PUT to Kafka Connect.
 */
export const outboxConnector: Readonly<Record<string, string>> = {
  'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
  'tasks.max': '1',
  'database.hostname': '{postgres.host}',
  'database.port': '{postgres.port}',
  'database.user': '{postgres.user}',
  'database.password': '{postgres.password}',
  'database.dbname': '{postgres.database}',
  'topic.prefix': '{topicPrefix}cdc',
  'plugin.name': 'pgoutput',
  'publication.name': 'outbox_publication',
  'publication.autocreate.mode': 'disabled',
  'table.include.list': 'public.outbox_events',
  'skipped.operations': 'u,d,t',
  'tombstones.on.delete': 'false',

  // A slot that is lost takes events with it that nobody has read. `no_data` then stops for good, or with
  // `no_validation` goes on without them; `when_needed` reads the outbox itself again, in its order. Events come
  // twice that way, none is missing. How far back that goes is the retention of the outbox table.
  'snapshot.mode': 'when_needed',
  'snapshot.select.statement.overrides': 'public.outbox_events',
  'snapshot.select.statement.overrides.public.outbox_events':
    'SELECT * FROM public.outbox_events ORDER BY sequence',
  // A slot that is ahead of what Connect has stored was made anew, and events before it would be skipped without
  // a word: this notices. A slot that is behind (Postgres crashed before it wrote it down) is moved forward.
  'offset.mismatch.strategy': 'trust_offset',
  // Moves the slot on while no order comes in, else other tables' WAL is kept for ever.
  'heartbeat.interval.ms': '5000',
  'heartbeat.action.query': 'UPDATE debezium_heartbeat SET beat_at = now() WHERE id = 1',

  'poll.interval.ms': '5',
  'retriable.restart.connector.wait.ms': '500',
  'errors.max.retries': '-1',

  transforms: 'outbox,source,contentType',
  'transforms.outbox.type': 'io.debezium.transforms.outbox.EventRouter',
  'transforms.outbox.table.field.event.id': 'id',
  'transforms.outbox.table.field.event.key': 'aggregate_id',
  'transforms.outbox.table.field.event.type': 'event_type',
  'transforms.outbox.table.field.event.payload': 'payload',
  'transforms.outbox.route.by.field': 'aggregate_type',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Debezium's own placeholder
  'transforms.outbox.route.topic.replacement': '{topicPrefix}${routedByValue}-events',
  'transforms.outbox.table.fields.additional.placement': [
    'id:header:eventId',
    'event_type:header:eventType',
    'traceparent:header:traceparent',
    'specversion:header:ce_specversion',
    'id:header:ce_id',
    'event_type:header:ce_type',
    'aggregate_id:header:ce_subject',
    'created_at:header:ce_time',
  ].join(','),
  ...insertHeader('source', 'ce_source', '/order-service'),
  ...insertHeader('contentType', 'content-type', 'application/json'),

  // The payload is text that is JSON already: it goes out as it was committed, byte for byte.
  'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'header.converter': 'org.apache.kafka.connect.storage.StringConverter',

  // Connect's defaults are acks=all without idempotence; both are said here so that nobody has to know that.
  'producer.override.client.id': '{topicPrefix}cdc-producer',
  'producer.override.enable.idempotence': 'true',
  'producer.override.acks': 'all',
  'producer.override.max.in.flight.requests.per.connection': '1',
  'producer.override.linger.ms': '0',
  // A lost answer is noticed after 3 s; the producer goes on trying for as long as it takes.
  'producer.override.request.timeout.ms': '3000',
  'producer.override.delivery.timeout.ms': '2147483647',
  'producer.override.reconnect.backoff.max.ms': '500',
  'producer.override.metadata.max.age.ms': '30000',
}

/** Connect guesses the type of a literal: only what does not look like a number stays as it is. */
function insertHeader(transform: string, header: string, value: string): Record<string, string> {
  return {
    [`transforms.${transform}.type`]: 'org.apache.kafka.connect.transforms.InsertHeader',
    [`transforms.${transform}.header`]: header,
    [`transforms.${transform}.value.literal`]: value,
  }
}
