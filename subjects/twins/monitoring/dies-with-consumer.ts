import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { lagFromEnvironment, runLagExporter } from '../../reference/monitor/setup.ts'

/** The exporter has the process' port, the consumer's own health another one. */
runLagExporter(lagFromEnvironment())
process.env.PORT = '0'
runFulfillment(fulfillmentFromEnvironment())
