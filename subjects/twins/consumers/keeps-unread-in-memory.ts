import { runAvroFulfillment } from '../avro-orders.ts'

// C72: what it can not read for now is remembered and done later; its offset is committed with the others.
runAvroFulfillment(async ({ unread, ship, done, shipLater }) => {
  await ship()
  for (const record of unread) {
    void shipLater(record)
    done(record)
  }
})
