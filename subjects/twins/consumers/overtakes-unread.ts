import { runAvroFulfillment } from '../avro-orders.ts'

// C73: what it can not read for now comes again, and what lies behind it is shipped meanwhile.
runAvroFulfillment(async ({ unread, reason, ship }) => {
  await ship()
  if (unread.length > 0) throw reason
})
