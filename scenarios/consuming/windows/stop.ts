import type { RunningService } from '../../../stacks/stack.ts'
import type { ConsumerLaboratory } from '../testbed/consumer-testbed.ts'

/** SIGTERM, as a deployment does it; resolves when the instance is gone, its work done or given up. */
export async function stopInstance(lab: ConsumerLaboratory, service: RunningService): Promise<void> {
  await lab.instruments.strike('stop', nameOf(service), 'SIGTERM', async () => {
    const { pid } = service
    await service.stop()
    return `process ${pid} was told to end and ended`
  })
}

/** Starts an instance again; resolves when it is ready. */
export async function startInstance(lab: ConsumerLaboratory, service: RunningService): Promise<void> {
  await lab.instruments.clear('stop', nameOf(service), async () => {
    await service.restart()
    return service.running
  })
}

export function nameOf({ name, instance }: RunningService): string {
  return `${name}#${instance}`
}
