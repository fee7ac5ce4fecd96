import { resolve } from 'node:path'
import type { ExperimentOptions, SubjectName } from '../scenarios/experiment.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { CommonConfig } from '../subjects/contract/index.ts'
import { topicsIn } from './asyncapi.ts'

type Topics = NonNullable<ExperimentOptions['topics']>

/**
 * What the services of a subject are declared to write and to read: all that the config says of them, whichever subject
 * it says it of, or in its place what their own AsyncAPI documents say. Undefined for a kind that says nothing of topics.
 * @throws {AsyncApiInvalid} for a document that can't be used
 */
export async function declaredTopics(
  config: CommonConfig,
  folder: string,
  kinds: SubjectKinds,
): Promise<(subject: SubjectName) => Topics | undefined> {
  const documents = new Map<string, Topics>()
  for (const [name, { asyncapi }] of Object.entries(config.services))
    if (asyncapi !== undefined) documents.set(name, await topicsIn(resolve(folder, asyncapi)))
  const uses = [...kinds.values()].map(({ id, config: section }) => ({ id, subjects: section.uses(config) }))
  const all = uses.flatMap(({ subjects }) => Object.values(subjects).flat())
  return ({ kind, name }) => {
    const own = uses.find(({ id }) => id === kind)?.subjects[name] ?? []
    if (own.length === 0) return undefined
    const services = [...new Set(own.flatMap(({ service }) => service ?? []))]
    const declared = [
      ...own.filter(({ service }) => service === undefined),
      ...services.flatMap((service) => {
        const document = documents.get(service)
        const further = config.services[service]?.topics ?? {}
        const { writes = [], reads = [] } = further
        return [
          ...(document === undefined ? all.filter((use) => use.service === service) : [document]),
          { writes, reads },
        ]
      }),
    ]
    return {
      writes: [...new Set(declared.flatMap(({ writes }) => writes))],
      reads: [...new Set(declared.flatMap(({ reads }) => reads))],
    }
  }
}
