import { measuresFromEnvironment, runExporter } from './setup.ts'

runExporter(measuresFromEnvironment())
