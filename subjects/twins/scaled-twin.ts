import { posix } from 'node:path'
import type { ConsumerConfig, ScalingConfig, SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'

const REFERENCE = 'subjects/reference/k8s'
const OWN = 'subjects/twins/scaling'

export interface ScaledChange {
  /** Files of `subjects/twins/scaling` in the place of the reference's manifests. */
  readonly scaledObject?: string
  readonly deployment?: string
  readonly topic?: string
  /** The service behind it: a program, from `subjects/twins/scaling` on. */
  readonly program?: string
  readonly env?: Readonly<Record<string, string>>
  readonly scaling?: Partial<ScalingConfig>
  readonly consumer?: Partial<ConsumerConfig>
}

/** The reference's scaled workload with other manifests, or another service in its pods. */
export function scaled(change: ScaledChange) {
  return (reference: SubjectConfig): SubjectConfig => {
    const [[name, workload] = []] = Object.entries(reference.scaling ?? {})
    const consumer = workload && reference.consumers?.[workload.consumer]
    if (name === undefined || workload === undefined || consumer === undefined)
      throw new Error('the reference declares no scaled workload')
    const own = serviceNamed(reference, consumer.service)
    const manifest = (part: 'scaledObject' | 'deployment' | 'topic', file: string) =>
      change[part] === undefined ? `${REFERENCE}/${file}.yaml` : `${OWN}/${change[part]}.yaml`
    return {
      services: {
        [consumer.service]: {
          ...own,
          ...(change.program === undefined ? {} : { command: node(posix.join(OWN, `${change.program}.ts`)) }),
          env: { ...own.env, ...change.env },
        },
      },
      consumers: { [workload.consumer]: { ...consumer, ...change.consumer } },
      scaling: {
        [name]: {
          ...workload,
          manifests: [
            manifest('deployment', 'deployment'),
            manifest('scaledObject', 'scaled-object'),
            manifest('topic', 'topic'),
          ],
          ...change.scaling,
        },
      },
    }
  }
}
