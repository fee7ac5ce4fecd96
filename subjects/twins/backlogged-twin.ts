import type { MonitoringConfig, SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'
import { consumerOnly, withConnector, withPublisher } from './twin.ts'

const NAME = 'order-backlogs'
const FOLDER = 'subjects/twins/monitoring'

type Backlogs = Pick<MonitoringConfig, 'letters' | 'outbox' | 'slot'>

/** What works each off, and what the exporter has no use for where it alone is watched. */
const OF = {
  letters: { subject: consumerOnly('payment', {}), without: ['DATABASE_URL'] },
  outbox: { subject: withPublisher({}), without: ['REDRIVE_GROUP'] },
  slot: { subject: withConnector(undefined), without: ['REDRIVE_GROUP'] },
} as const

interface BackloggedChange<N extends keyof Backlogs> {
  /** In the place of the exporter's program, below `subjects/twins/monitoring`. */
  readonly exporter?: string
  readonly declared?: Partial<NonNullable<Backlogs[N]>>
  /** In the place of the rule file, below `subjects/twins/monitoring`. */
  readonly rules?: string
}

/** One of what the reference watches beside lag, watched otherwise. */
export function backlogged<N extends keyof Backlogs>(only: N, change: BackloggedChange<N>) {
  return (reference: SubjectConfig): SubjectConfig => {
    const { exporter, declared = {}, rules } = change
    const own = reference.monitoring?.[NAME]
    const backlog = own?.[only]
    if (own === undefined || backlog?.alert === undefined)
      throw new Error(`the reference declares no alert about ${only}`)
    const { services, ...subject } = OF[only].subject(reference)
    const telling = serviceNamed(reference, own.service)
    const env = Object.entries(telling.env ?? {}).filter(([name]) =>
      OF[only].without.every((one) => one !== name),
    )
    const alert = rules === undefined ? backlog.alert : { ...backlog.alert, rules: `${FOLDER}/${rules}.yml` }
    return {
      services: {
        ...services,
        [own.service]: {
          ...telling,
          ...(exporter === undefined ? {} : { command: node(`${FOLDER}/${exporter}.ts`) }),
          env: Object.fromEntries(env),
        },
      },
      ...subject,
      monitoring: { [NAME]: { service: own.service, [only]: { ...backlog, alert, ...declared } } },
    }
  }
}
