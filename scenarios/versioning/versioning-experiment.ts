import { EventproofError } from '../../core/error.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { type Strategy, subjectName } from '../../schemas/subject-name.ts'
import { serviceNamed } from '../../subjects/contract/config.ts'
import { AddressBook } from '../address-book.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import { SchemaRegistry } from '../testbed/schema-registry.ts'
import { startService, textsOf } from '../testbed/services.ts'
import { openSpanEndpoints } from '../testbed/span-endpoints.ts'
import type { VersionedConfig } from './config.ts'
import type { VersioningPlan } from './plan.ts'
import { type SchemaFile, schemaFiles } from './testbed/schema-files.ts'
import { VersioningTestbed } from './testbed/versioning-testbed.ts'
import { VersioningView } from './view/versioning-view.ts'

/** One scenario on the schemas of a topic. */
export class VersioningExperiment extends SubjectExperiment<VersioningTestbed, VersionedConfig> {
  protected async perform(): Promise<ScenarioJudgement> {
    const { context, declared, options } = this
    const { stack, folder, config } = context
    const { dir, service } = declared
    const read = dir === undefined ? undefined : await filesOrError(options.subject, dir, folder)
    const plan = this.#plan(read instanceof EventproofError ? undefined : read)
    return this.follow(new VersioningView(plan), async (history) => {
      if (read instanceof EventproofError) throw read
      await stack.need(['schema-registry'])
      await using parts = new AsyncDisposableStack()
      const services = []
      if (service !== undefined) {
        const record = history.record.bind(history)
        const texts = textsOf(serviceNamed(config, service))
        const spans = await openSpanEndpoints(stack, texts, { plan, record }, parts)
        const addresses = { topicPrefix: this.#prefix, spans }
        const shared = { context, scenario: options.name, record, parts, addresses }
        services.push(await startService({ ...shared, name: service, instance: 0 }))
      }
      const registry = new SchemaRegistry(stack.schemaRegistry.url('host'))
      return {
        testbed: new VersioningTestbed({ plan, history, registry, files: read }),
        addresses: new AddressBook({ stack, services, topicPrefix: this.#prefix }),
        parts: parts.move(),
      }
    })
  }

  get #prefix(): string {
    return `${this.options.name}.`
  }

  #plan(files: readonly SchemaFile[] | undefined): VersioningPlan {
    const { subject: name } = this.options
    const { topic, level, service, strategy = 'topic', subject, record } = this.declared
    const topicHere = `${this.#prefix}${topic}`
    return {
      kind: 'versioning',
      ...this.common(0),
      schemas: {
        name,
        topic: topicHere,
        subject:
          subject === undefined
            ? this.#named(strategy, topicHere, record ?? files?.[0]?.schema.name)
            : `${this.#prefix}${subject}`,
        ...(level === undefined ? {} : { level }),
        ...(service === undefined ? {} : { registeredBy: service }),
      },
    }
  }

  /** The registry is shared by all scenarios: what is named by its record alone would be one subject for all of them. */
  #named(strategy: Strategy, topic: string, record: string | undefined): string {
    const given = subjectName(strategy, topic, record)
    return strategy === 'record' && this.declared.service === undefined ? `${this.#prefix}${given}` : given
  }
}

/** What is wrong with them is told by the scenario. */
async function filesOrError(
  name: string,
  dir: string,
  folder: string,
): Promise<readonly SchemaFile[] | EventproofError> {
  return schemaFiles(name, dir, folder).catch((error: unknown) => {
    if (error instanceof EventproofError) return error
    throw error
  })
}
