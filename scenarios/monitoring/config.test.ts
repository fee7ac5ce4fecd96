import { describe, it } from 'node:test'
import reference from '../../eventproof.config.ts'
import {
  assertNamed,
  changed,
  errorOf,
  type WrongCase,
} from '../../subjects/contract/fixture/wrong-config.ts'
import { SECTIONS } from '../config.ts'

const BACKLOGS = 'monitoring.order-backlogs'

const WRONG: readonly WrongCase[] = [
  {
    what: 'a monitor of nothing',
    path: BACKLOGS,
    value: { service: 'backlog-exporter' },
    says: /found nothing that is watched, allowed is lag, letters, outbox or slot/,
  },
  {
    what: 'a service that there is not',
    path: `${BACKLOGS}.service`,
    value: 'backlog-exportr',
    says: /the name of a service/,
    hint: /'backlog-exporter'/,
  },
  {
    what: 'a metric beside what it is about',
    path: `${BACKLOGS}.metric`,
    value: 'kafka_dead_letters',
    says: /allowed is service, path/,
  },
  {
    what: 'letters of a consumer that has none',
    path: `${BACKLOGS}.letters.consumer`,
    value: 'fulfillment',
    says: /'fulfillment', whose retry\.deadLetter is nothing/,
  },
  {
    what: 'a label for a group that is not named',
    path: `${BACKLOGS}.letters`,
    value: {
      consumer: 'payment',
      metric: 'kafka_dead_letters',
      labels: { topic: 'topic', group: 'consumergroup' },
    },
    field: `${BACKLOGS}.letters.labels.group`,
    says: /'consumergroup', and no group/,
  },
  {
    what: 'an outbox whose relay is a connector',
    path: `${BACKLOGS}.outbox.publisher`,
    value: 'orders-cdc',
    says: /'orders-cdc', whose relay is no service of its own/,
  },
  {
    what: 'an outbox that says neither seconds nor rows',
    path: `${BACKLOGS}.outbox.in`,
    value: 'minutes',
    says: /'seconds', 'rows'/,
  },
  {
    what: 'a slot of a polling relay',
    path: `${BACKLOGS}.slot.publisher`,
    value: 'orders',
    says: /whose relay is \{ debezium: … \}/,
  },
  {
    what: 'a publisher that there is not',
    path: `${BACKLOGS}.slot.publisher`,
    value: 'order-cdc',
    says: /the name of a publisher/,
    hint: /'orders-cdc'/,
  },
]

describe('a wrong field of what is watched', () => {
  for (const wrong of WRONG) {
    it(`is named: ${wrong.what}`, () => {
      assertNamed(errorOf(changed(reference, wrong.path, wrong.value), SECTIONS), wrong)
    })
  }
})
