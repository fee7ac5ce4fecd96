import { describe, it } from 'node:test'
import reference from '../../eventproof.config.ts'
import {
  assertNamed,
  changed,
  errorOf,
  type WrongCase,
} from '../../subjects/contract/fixture/wrong-config.ts'
import { SECTIONS } from '../config.ts'

const WRONG: readonly WrongCase[] = [
  {
    what: 'a consumer that is not there',
    path: 'scaling.order-consumer.consumer',
    value: 'fulfilment',
    says: /'fulfilment', allowed is the name of a consumer: fulfillment, payment/,
    hint: /'fulfillment'/,
  },
  {
    what: 'a consumer whose effects can not be told apart',
    path: 'consumers.fulfillment.effects',
    value: { table: 'order_totals', key: 'order_id', sum: 'total' },
    field: 'consumers.fulfillment.outputs.amount',
    says: /; also wrong: scaling\.order-consumer\.consumer$/,
  },
  {
    what: 'an unknown placeholder',
    path: 'scaling.order-consumer.images',
    value: { 'acme/sidecar:1': ['./sidecar', '{potr}'] },
    field: 'scaling.order-consumer.images.acme/sidecar:1[1]',
    says: /\{potr\}/,
    hint: /\{port\}/,
  },
  {
    what: 'half a second',
    path: 'scaling.order-consumer.quick.pollingInterval',
    value: 0.5,
    says: /found 0\.5, allowed is a whole number/,
  },
]

describe('a wrong field of a scaled workload', () => {
  for (const wrong of WRONG) {
    it(`is named: ${wrong.what}`, () => {
      assertNamed(errorOf(changed(reference, wrong.path, wrong.value), SECTIONS), wrong)
    })
  }
})
