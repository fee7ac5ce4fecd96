import type { Deployment } from '../../reference/schemas/deploy.ts'
import { deploy } from '../../reference/schemas/deploy.ts'
import { deploymentFromEnvironment, runDeployment } from '../../reference/schemas/setup.ts'

/** Takes the level away while it registers, so that nothing is refused, and sets it when all versions are there. */
await runDeployment(deploymentFromEnvironment(), async (deployment: Deployment) => {
  await deploy({ ...deployment, level: 'NONE' })
  await deployment.registry.setLevel(deployment.subject, deployment.level)
})
