import { messageOf } from '../../../core/error.ts'
import { FaultLog } from '../../../faults/fault-log.ts'
import type { Phase } from '../../../proof/history/event.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { isLevel } from '../../../schemas/level.ts'
import { readSchema } from '../../../schemas/read-schema.ts'
import { SchemaInvalid } from '../../testbed/schema-invalid.ts'
import type { SchemaRegistry } from '../../testbed/schema-registry.ts'
import type { Testbed } from '../../testbed.ts'
import type { VersioningPlan } from '../plan.ts'
import type { RegistryFact } from '../view/registry-facts.ts'
import type { SchemaFile } from './schema-files.ts'
import { tryChanges } from './try-changes.ts'
import type { KnownVersion } from './versions.ts'

interface Parts {
  readonly plan: VersioningPlan
  readonly history: ScenarioHistory
  readonly registry: SchemaRegistry
  /** To be registered, oldest first; undefined where the subject's own service did that. */
  readonly files: readonly SchemaFile[] | undefined
}

/** A subject of a schema registry: in the place of a load, its versions meet each other, and changes are tried. */
export class VersioningTestbed implements Testbed {
  readonly plan: VersioningPlan
  readonly history: ScenarioHistory
  readonly faults: FaultLog
  readonly targets = {}
  trial = 0
  trialBegan = 0
  readonly #registry: SchemaRegistry
  readonly #files: readonly SchemaFile[] | undefined

  constructor({ plan, history, registry, files }: Parts) {
    this.plan = plan
    this.history = history
    this.#registry = registry
    this.#files = files
    this.faults = new FaultLog({ record: (event) => history.record(event), disarmed: plan.disarmed })
  }

  async control(phase: Phase): Promise<void> {
    if (phase !== 'control-before') return
    const versions = this.#files === undefined ? await this.#registered() : await this.#register(this.#files)
    const level = await this.#askLevel()
    this.#readEachOther(versions)
    const { subject } = this.plan.schemas
    const registry = this.#registry
    for (const change of await tryChanges({ registry, subject, level, versions: versions.filter(taken) }))
      this.#tell({ name: 'schema.change', value: change })
  }

  flow(): AsyncDisposable {
    return { async [Symbol.asyncDispose]() {} }
  }

  async settled(): Promise<boolean> {
    return true
  }

  async concluded(): Promise<void> {}

  /** Sets the declared level and registers the files, as a deployment does. */
  async #register(files: readonly SchemaFile[]): Promise<readonly MetVersion[]> {
    const { subject, level } = this.plan.schemas
    const met: MetVersion[] = []
    for (const [at, { file, schema }] of files.entries()) {
      const { accepted, says: answer } = await this.#registry.register(subject, schema)
      // Apicurio knows no subject before its first version; a level that is set before it stays, with either order.
      if (at === 0 && level !== undefined) await this.#registry.setLevel(subject, level)
      const { format, text } = schema
      const version = at + 1
      this.#tell({ name: 'schema.version', value: { version, format, schema: text, file, accepted, answer } })
      met.push({ version, schema, taken: accepted })
    }
    return met
  }

  /** What the subject's own service has registered. @throws {SchemaInvalid} */
  async #registered(): Promise<readonly MetVersion[]> {
    const { subject, name, registeredBy = 'its service' } = this.plan.schemas
    const there = await this.#registry.versions(subject)
    if (there.length === 0) {
      const subjects = await this.#registry.subjects()
      throw new SchemaInvalid(`${registeredBy} registered no schema of schemas.${name}`, {
        what: `the registry has no subject ${subject}; there are ${subjects.join(', ') || 'none'}`,
        where: `schemas.${name} in the config`,
        hint: `correct topic, strategy or subject; the service is ready when its schemas are registered, below {topicPrefix}`,
      })
    }
    return there.map(({ version, format, text }) => {
      this.#tell({ name: 'schema.version', value: { version, format, schema: text, accepted: true } })
      try {
        return { version, schema: readSchema({ format, text }), taken: true }
      } catch (cause) {
        throw new SchemaInvalid(`version ${version} of ${subject} can not be read`, {
          what: messageOf(cause),
          where: `schemas.${name} in the config`,
          hint: 'schemas that refer to other subjects are not read here',
          cause,
        })
      }
    })
  }

  async #askLevel(): Promise<string | undefined> {
    const own = await this.#registry.level(this.plan.schemas.subject)
    const assumed = await this.#registry.assumedLevel()
    this.#tell({ name: 'schema.level', value: { own: own ?? null, assumed: assumed ?? null } })
    return own !== undefined && isLevel(own) ? own : undefined
  }

  /** Old and new producers meet old and new consumers. */
  #readEachOther(versions: readonly KnownVersion[]): void {
    for (const { version: writer, schema: wrote } of versions) {
      for (const { version: reader, schema: reads } of versions) {
        const misread = reads.misreads(wrote)
        this.#tell({
          name: 'schema.reading',
          value: { writer, reader, ...(misread === undefined ? {} : { misread }) },
        })
      }
    }
  }

  #tell(fact: RegistryFact): void {
    this.history.record({ kind: 'fact', subject: this.plan.schemas.subject, ...fact })
  }
}

interface MetVersion extends KnownVersion {
  readonly taken: boolean
}

function taken({ taken }: MetVersion): boolean {
  return taken
}
