import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import type { WrongField } from '../../subjects/contract/explain.ts'
import {
  AMOUNT_PLACEHOLDERS,
  COMMAND_PLACEHOLDERS,
  KEY_PLACEHOLDERS,
  STACK_PLACEHOLDERS,
} from '../../subjects/contract/placeholders.ts'
import { placeholdersIn, unknownPlaceholders, unknownService } from '../../subjects/contract/references.ts'
import { request } from '../../subjects/contract/request.ts'
import { section } from '../../subjects/contract/section.ts'
import { tracing } from '../../subjects/contract/tracing.ts'
import {
  control,
  duration,
  eventId,
  jsonPath,
  marked,
  text,
  texts,
  topic,
} from '../../subjects/contract/words.ts'
import { idInBytes, registry } from '../registry-config.ts'

const connector = texts.refine(
  (settings) => settings['connector.class'] !== undefined,
  "an object with 'connector.class'",
)

/** A column, or a path of the JSON in one. */
const place = z.union([text, z.strictObject({ column: text, json: jsonPath })])

const outbox = z.strictObject({
  table: text,
  /** The column whose value the record carries as the event's id; or its place in the payload, as for `aggregateId`. */
  id: place,
  /** The column with the id of the event's aggregate; where the payload alone has it, its place there: `{ column: 'payload', json: '$.orderId' }`. */
  aggregateId: place,
  /**
   * Which of its rows are events of this topic, where the table holds those of other topics, too:
   * `{ column: 'aggregate_type', is: 'Order' }`.
   */
  only: z.strictObject({ column: text, is: z.union([text, z.array(text).min(1)]) }).exactOptional(),
  /**
   * What the relay sends, as it is or as a member of an envelope. Where a relay builds the record otherwise, it is left
   * out, and nobody compares them.
   */
  payload: text.exactOptional(),
  eventType: text.exactOptional(),
  /** A column that the relay sets when the event is on the log. */
  published: text.exactOptional(),
  /**
   * A column that the relay sets when it gave up on a row, visibly; or what it writes into one that says other things,
   * too: `{ column: 'status', is: 'REFUSED' }`.
   */
  parked: marked('REFUSED').exactOptional(),
  traceparent: text.exactOptional(),
})

const command = z.strictObject({
  /**
   * `{amount}` is unique per command: a number, where a service takes a text `{amount:text}`. `{key}` is the aggregate, anywhere in the request, also as `{key:uuid}` or
   * `{key:number}`; where the service makes its ids itself it stands for something else, or nowhere.
   */
  http: request,
  /** Changes an aggregate whose id the service made: `{id}`. Without it each command makes one, which never changes. */
  again: z.strictObject({ http: request }).exactOptional(),
  /** Where an answer 2xx tells the aggregate's id, '$.id'. Without it the row with the command's amount does. */
  answer: z.strictObject({ id: jsonPath }).exactOptional(),
})

const publisher = z.strictObject({
  /** The service that takes commands. */
  service: text,
  /**
   * What moves events from the database to Kafka: the name of a service (a polling relay of its own),
   * 'polling' (the relay runs inside `service`), or a Debezium connector.
   */
  relay: z.union(
    [text, z.strictObject({ debezium: z.strictObject({ connector }) })],
    "'polling', the name of a service, or { debezium: { connector: { 'connector.class': … } } }",
  ),
  /** What is sent to the service many times at once, with what is told of its ids. */
  command,
  /**
   * What an answer 2xx says. Default 'committed'. 'accepted': the commit comes later, and a command that a fault
   * overtakes may be lost (OA7).
   */
  answers: z.enum(['committed', 'accepted']).exactOptional(),
  /** The business table that a command changes; `amount` is the column that carries `{amount}` alone, unique per command. */
  state: z.strictObject({ table: text, id: text, amount: text.exactOptional() }),
  /** Where events wait for the relay; left out only where there is none: several windows are then not proven. */
  outbox: outbox.exactOptional(),
  /** Without the topic prefix. */
  topic,
  /**
   * With which the topic is made, by Kafka's names. Default: the broker's. With `cleanup.policy: 'compact'` a record that
   * was removed before we read it is no gap, and says nothing about what is lost.
   */
  topicSettings: z.record(text, z.string()).exactOptional(),
  eventId,
  /**
   * Where a record holds several events of a key: the JSON path of their list, '$.events'. Each has its payload as
   * `data`; what it has beside it (id, type, traceparent) stands for headers.
   */
  events: text.startsWith('$', "a path such as '$.events'").exactOptional(),
  /** The header that carries the event's type. Without it a place in the values is looked for where most say what `outbox.eventType` does. */
  eventTypeHeader: text.exactOptional(),
  /** How it passes trace contexts on; without it O4 is not asked. */
  tracing: tracing.exactOptional(),
  /** That it writes values through a schema registry, and by what their subjects are named (default `topic`); without it D3 is not asked. */
  registry: registry.exactOptional(),
  /** The controls that it is asked about, where another publisher that shares its parts is asked the rest. Default: all. */
  controls: z.array(control).min(1).exactOptional(),
  /** Default 'per-key': each record has a key, that of its aggregate. With 'none' it needs none, and OR1 and OR2 are not asked. */
  order: z.enum(['per-key', 'none']).exactOptional(),
  /** Default 'allowed': at least once, copies identical. With 'never' OA6 takes any copy as a violation. */
  duplicates: z.enum(['allowed', 'never']).exactOptional(),
  /**
   * That one instance at most of what moves events may run, because two would publish side by side what must stay in
   * order. Scenarios with two of them then do not apply. Left out: two may run.
   */
  instances: z.literal(1).exactOptional(),
  /** Time for everything to be published after the last fault is healed (OA8). Default 30s. */
  recoverWithin: duration.exactOptional(),
  /** Time that an event may wait because one of another aggregate can't be published (OA8). Default 5s. */
  headOfLine: duration.exactOptional(),
})

export interface PublisherConfig extends Declared<typeof publisher> {}

/** Publishers, as a config declares them. */
export const publishers = section<'publishers', PublisherConfig>({
  name: 'publishers',
  subject: publisher,
  uses: ({ service, relay, topic }) => {
    const writes = { writes: [topic], reads: [] }
    const quiet = { service, writes: [], reads: [] }
    if (typeof relay !== 'string')
      return [quiet, { ...writes, writes: [topic, ...messagesOf(relay.debezium.connector)] }]
    return relay === 'polling' ? [{ ...writes, service }] : [quiet, { ...writes, service: relay }]
  },
  references: (at, { service, relay, command, state, registry, eventId }, config) => [
    ...(registry ? idInBytes(`${at}.eventId`, eventId, 'registry') : []),
    ...unknownService(`${at}.service`, service, config),
    ...(typeof relay === 'string'
      ? unknownService(`${at}.relay`, relay, config, ['polling'])
      : unknownPlaceholders(`${at}.relay.debezium.connector`, relay.debezium.connector)),
    ...unknownPlaceholders(`${at}.command.http`, command.http, [
      ...COMMAND_PLACEHOLDERS,
      ...STACK_PLACEHOLDERS,
    ]),
    ...unknownPlaceholders(`${at}.command.again.http`, command.again?.http, [
      'id',
      ...COMMAND_PLACEHOLDERS,
      ...STACK_PLACEHOLDERS,
    ]),
    ...uncorrelated(at, command, state),
  ],
})

/**
 * Where a connector puts logical messages. Those of our own observer are among them: every slot of a database is given all
 * of them, so that each connector sends them on.
 */
function messagesOf({ 'topic.prefix': prefix }: Readonly<Record<string, string>>): string[] {
  return prefix === undefined ? [] : [`${prefix.replace('{topicPrefix}', '')}.message`]
}

/** What keeps us from telling which row belongs to which command, and the field that would tell it. */
function uncorrelated(
  at: string,
  { http, again, answer }: PublisherConfig['command'],
  { amount }: PublisherConfig['state'],
): WrongField[] {
  const sent = placeholdersIn(http)
  const ours = KEY_PLACEHOLDERS.some((key) => sent.includes(key))
  const wrong: WrongField[] = []
  if (!ours && !AMOUNT_PLACEHOLDERS.some((amount) => sent.includes(amount)))
    wrong.push({
      field: `${at}.command.http`,
      found: 'neither {key} nor {amount}',
      allowed: "{amount} in the body, '{amount}': by it a row is told to belong to the command",
    })
  else if (!ours && amount === undefined)
    wrong.push({
      field: `${at}.state.amount`,
      found: 'nothing, and no {key} in the command',
      allowed:
        'the column that the {amount} of a command ends up in: the service makes its ids itself, and by it a row is told to belong to the command',
    })
  if (again === undefined) return wrong
  if (!placeholdersIn(again.http).includes('id'))
    wrong.push({
      field: `${at}.command.again.http`,
      found: 'no {id}',
      allowed: "{id} where the aggregate's id goes, such as path: '/orders/{id}'",
    })
  if (amount === undefined && answer === undefined)
    wrong.push({
      field: `${at}.command.answer`,
      found: 'nothing',
      allowed:
        "{ id: '$.id' }, where an answer tells the id, or state.amount, the column that tells whose row it is",
    })
  return wrong
}
