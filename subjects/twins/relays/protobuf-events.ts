import protobuf from 'protobufjs'
import type { Encoding } from '../../reference/relay/encoding.ts'
import { runReferringRelay } from '../referring-relay.ts'

/** As the reference's service has it in its outbox. */
interface Placed {
  readonly orderId: string
  readonly customerId: string
  readonly totalAmount: number
  readonly version: number
}

/** Of the message in its file, as it is to be told: how many numbers, and these; empty: not at all. */
const PLACE = Buffer.from(process.env.PLACE ?? '0202', 'hex')

function encoding(schema: string, referred: string): Encoding {
  const root = new protobuf.Root()
  for (const file of [referred, schema]) protobuf.parse(file, root, { keepCase: true })
  const type = root.lookupType('com.example.orders.OrderPlaced')
  return {
    format: 'PROTOBUF',
    contentType: 'application/protobuf',
    bytes: (event) => Buffer.concat([PLACE, type.encode(type.fromObject(message(event))).finish()]),
    isValid: () => true,
  }
}

function message(event: unknown) {
  const { orderId, customerId, totalAmount, version } = event as Placed
  const total = { units: totalAmount, currency: 'KRW' }
  return { order_id: orderId, customer_id: customerId, total, version }
}

// B75: Protobuf, the second message of its file, which imports the file of another subject.
await runReferringRelay('amount.proto', encoding)
