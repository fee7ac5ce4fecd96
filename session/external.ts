import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { isolationOf } from '../scenarios/isolation.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { ExternalParts } from '../stacks/stack.ts'
import { databaseNamed } from '../subjects/contract/config.ts'
import { type CommonConfig, ConfigInvalid } from '../subjects/contract/index.ts'

/**
 * The parts that a config names by their addresses, and what a session's names begin with there: letters and digits, as
 * slots may have no '-' and namespaces no '_'.
 * @param folder of the config file, at which paths start
 */
export function externalOf({ stack }: CommonConfig, folder: string): ExternalParts | undefined {
  const { kafka, postgres, kubernetes } = stack ?? {}
  if (kafka === undefined && postgres === undefined) return undefined
  return {
    ...(kafka ? { kafka } : {}),
    ...(postgres ? { postgres } : {}),
    ...(kubernetes
      ? { kubernetes: { ...kubernetes, kubeconfig: resolve(folder, kubernetes.kubeconfig) } }
      : {}),
    prefix: `evp${randomBytes(4).toString('hex')}`,
  }
}

/** On what somebody else runs, names must be kept apart by a prefix. @throws {ConfigInvalid} for a literal name */
export function checkExternal(config: CommonConfig, kinds: SubjectKinds, where: string): void {
  const { kafka, postgres, kubernetes } = config.stack ?? {}
  if (kubernetes !== undefined && (kafka === undefined || postgres === undefined))
    throw new ConfigInvalid('the config is not valid: stack.kubernetes', {
      what: `a cluster by address does not reach what a run starts, and stack has no ${kafka ? 'postgres' : 'kafka'}`,
      where,
      hint: 'give stack.kafka and stack.postgres beside it, by addresses that its pods reach',
    })
  if (kafka !== undefined) {
    for (const { config: section } of kinds.values())
      for (const subject of Object.keys(section.of(config))) {
        const { by, why } = isolationOf(section, subject, config)
        if (by === 'prefix') continue
        throw new ConfigInvalid(`the config is not valid: stack.kafka, with ${section.name}.${subject}`, {
          what: `a scenario of ${subject} needs a broker of its own (${why}), and stack.kafka is one for all`,
          where,
          hint: 'put {topicPrefix} before the names of its topics and groups, or remove stack.kafka',
        })
      }
  }
  if (postgres === undefined) return
  for (const [name, service] of Object.entries(config.services)) {
    const database = databaseNamed([service])
    if (database === undefined) continue
    throw new ConfigInvalid(`the config is not valid: stack.postgres, with services.${name}`, {
      what: `its database has to be called '${database}', and on stack.postgres each scenario has one of another name`,
      where,
      hint: 'write {postgres.url} or {postgres.database} in the place of the name, or remove stack.postgres',
    })
  }
}
