import { Admin } from '@platformatic/kafka'
import type { PartitionLag } from '../../reference/monitor/group-lag.ts'
import { lagFromEnvironment, runLagExporter } from '../../reference/monitor/setup.ts'
import { required } from '../../reference/service/environment.ts'

/** Takes what members of the group would report of their last poll: while there is none, nothing changes. */
const setup = lagFromEnvironment()
const admin = new Admin({
  clientId: 'lag-of-last-poll',
  bootstrapBrokers: required('KAFKA_BOOTSTRAP_SERVERS').split(','),
  retries: 2,
})
let polled: readonly PartitionLag[] | undefined
runLagExporter({
  ...setup,
  async lags() {
    const groups = await admin.describeGroups({ groups: [setup.group] })
    const members = groups.get(setup.group)?.members.size ?? 0
    if (polled === undefined || members > 0) polled = await setup.lags()
    return polled
  },
})
