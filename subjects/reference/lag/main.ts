import { lagFromEnvironment, runLagExporter } from './setup.ts'

runLagExporter(lagFromEnvironment())
