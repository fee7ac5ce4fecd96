import { deploymentFromEnvironment, runDeployment } from './setup.ts'

await runDeployment(deploymentFromEnvironment())
