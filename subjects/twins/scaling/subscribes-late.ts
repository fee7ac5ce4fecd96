import { setTimeout as pause } from 'node:timers/promises'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { whole } from '../../reference/service/environment.ts'

/** Takes its time before it joins the group: caches are filled, say. */
await pause(whole('WARM_UP_MS', 0))
runFulfillment(fulfillmentFromEnvironment())
