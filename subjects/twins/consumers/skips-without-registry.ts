import { log, textOf } from '../../reference/service/log.ts'
import { runAvroFulfillment } from '../avro-orders.ts'

// C71: what it can not deserialize is logged and left behind, whatever the reason.
runAvroFulfillment(async ({ unread, reason, ship, done }) => {
  await ship()
  if (unread.length > 0) log('left behind', { error: textOf(reason) })
  unread.forEach(done)
})
