import { createServer } from 'node:http'
import { required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { type Deployment, deploy } from './deploy.ts'
import { Registry } from './registry.ts'

export function deploymentFromEnvironment(): Deployment {
  return {
    registry: new Registry(required('SCHEMA_REGISTRY_URL')),
    subject: `${process.env.TOPIC_PREFIX ?? ''}${required('SUBJECT')}`,
    dir: required('SCHEMAS_DIR'),
    level: required('LEVEL'),
  }
}

/** Deploys, and says on `/health` when that is done. */
export async function runDeployment(
  deployment: Deployment,
  how: (deployment: Deployment) => Promise<void> = deploy,
): Promise<void> {
  await how(deployment)
  const server = createServer((_, response) => response.end())
  const port = whole('PORT', 8080)
  server.listen(port, '127.0.0.1', () => log('schemas are deployed', { port }))
  closeOnSignal(async () => server.close().closeAllConnections())
}
