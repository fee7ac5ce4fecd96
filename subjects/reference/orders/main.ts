import { ordersFromEnvironment, serveOrders } from './setup.ts'

serveOrders(ordersFromEnvironment())
