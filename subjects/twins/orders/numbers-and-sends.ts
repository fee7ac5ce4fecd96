import { randomUUID } from 'node:crypto'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { kafkaFromEnvironment } from '../../reference/relay/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { insertSale, type Sale, saleEvent, salesDatabase, serveSales, updateSale } from '../sales.ts'

// O50: numbers its orders itself, commits, and then sends. Whatever happens in between takes the event with it.
const database = salesDatabase()
const broker = kafkaBroker(kafkaFromEnvironment())
broker.connect().catch((error) => log('the broker is not there yet', { error: textOf(error) }))

function send(sale: Sale | undefined): Sale | undefined {
  if (sale === undefined) return undefined
  const { traceparent, ...event } = saleEvent(sale)
  const row = { id: randomUUID(), ...event, traceparent: traceparent ?? null, createdAt: new Date() }
  broker.send([row]).catch((error) => log('not published', { error: textOf(error) }))
  return sale
}

serveSales(
  {
    async place(asked) {
      const sale = await transaction(database, (tx) => insertSale(tx, asked))
      send(sale)
      return sale
    },
    change: async (id, asked) => send(await transaction(database, (tx) => updateSale(tx, id, asked))),
  },
  database,
)
