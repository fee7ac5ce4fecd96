import { runAvroFulfillment } from '../avro-orders.ts'

// B110: it reads Avro; what it can not read for now stays where it is, and all that lies behind it.
runAvroFulfillment(async ({ unread, reason, ship }) => {
  if (unread.length > 0) throw reason
  await ship()
})
