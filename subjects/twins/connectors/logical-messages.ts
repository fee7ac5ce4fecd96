import { outboxConnector } from '../../reference/connect/outbox-connector.ts'

/** Reads events from transactional logical messages instead of a table (B3). */
export const logicalMessages: Readonly<Record<string, string>> = {
  ...outboxConnector,
  'table.include.list': 'public.outbox_events',
  'message.prefix.include.list': 'outbox',
  transforms: 'decode,outbox,source,contentType',
  'transforms.decode.type': 'io.debezium.connector.postgresql.transforms.DecodeLogicalDecodingMessageContent',
  'transforms.outbox.table.fields.additional.placement': [
    'id:header:eventId',
    'event_type:header:eventType',
    'traceparent:header:traceparent',
    'specversion:header:ce_specversion',
    'id:header:ce_id',
    'event_type:header:ce_type',
    'aggregate_id:header:ce_subject',
  ].join(','),
}
