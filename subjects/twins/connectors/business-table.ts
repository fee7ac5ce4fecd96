import { outboxConnector } from '../../reference/connect/outbox-connector.ts'

const settings = Object.entries(outboxConnector).filter(([name]) => !name.startsWith('transforms'))

/** Captures the business table itself; an event is named by its position in the WAL (B4). */
export const businessTable: Readonly<Record<string, string>> = {
  ...Object.fromEntries(settings),
  'table.include.list': 'public.orders',
  'skipped.operations': 'd,t',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
  transforms: 'unwrap,key,route',
  'transforms.unwrap.type': 'io.debezium.transforms.ExtractNewRecordState',
  'transforms.unwrap.add.headers': 'op,lsn',
  'transforms.unwrap.add.headers.prefix': '',
  'transforms.key.type': 'org.apache.kafka.connect.transforms.ExtractField$Key',
  'transforms.key.field': 'id',
  'transforms.key.predicate': 'ofOrders',
  'transforms.route.type': 'org.apache.kafka.connect.transforms.RegexRouter',
  'transforms.route.regex': '(.*)cdc\\.public\\.orders',
  'transforms.route.replacement': '$1order-events',
  predicates: 'ofOrders',
  'predicates.ofOrders.type': 'org.apache.kafka.connect.transforms.predicates.TopicNameMatches',
  'predicates.ofOrders.pattern': '.*cdc\\.public\\.orders',
}
