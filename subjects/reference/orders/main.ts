import { answers, openDatabase } from '../service/database.ts'
import { required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { placeOrder } from './place-order.ts'
import { orderServer } from './server.ts'

const database = openDatabase({
  url: required('DATABASE_URL'),
  name: 'orders',
  connections: 20,
  patience: 10_000,
})
const server = orderServer({
  placeOrder: (command) => placeOrder(database, command),
  healthy: () => answers(database),
})
const port = whole('PORT', 8080)
server.listen(port, '127.0.0.1', () => log('taking orders', { port }))

closeOnSignal(
  async () => {
    server.close()
    server.closeIdleConnections()
  },
  () => database.end(),
)
