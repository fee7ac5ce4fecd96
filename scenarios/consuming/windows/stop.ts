import type { RunningService } from '../../../stacks/stack.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'

/** SIGTERM, as a deployment does it; resolves when the instance is gone, its work done or given up. */
export async function stopInstance(testbed: ConsumerTestbed, service: RunningService): Promise<void> {
  await testbed.faults.inject('stop', nameOf(service), 'SIGTERM', async () => {
    const { pid } = service
    await service.stop()
    return `process ${pid} was told to end and ended`
  })
}

/** Starts an instance again; resolves when it is ready. */
export async function startInstance(testbed: ConsumerTestbed, service: RunningService): Promise<void> {
  await testbed.faults.heal('stop', nameOf(service), async () => {
    await service.restart()
    return service.running
  })
}

export function nameOf({ name, instance }: RunningService): string {
  return `${name}#${instance}`
}
