import type { CommonConfig, ConfigSection } from '../subjects/contract/index.ts'
import { placeholdersIn } from '../subjects/contract/references.ts'

/** What keeps the topics and groups of one scenario apart from those of another, and why it is that. */
export interface Isolation {
  readonly by: 'prefix' | 'broker'
  readonly why: string
}

/**
 * A prefix keeps names apart, where the services let one be put before them; else each scenario gets a broker of its own,
 * on which the names that stand in the code are nobody else's.
 */
export function isolationOf(section: ConfigSection, subject: string, config: CommonConfig): Isolation {
  if (config.isolation !== undefined)
    return { by: config.isolation, why: `the config says isolation: '${config.isolation}'` }
  const uses = section.uses(config)[subject] ?? []
  const names = [...new Set(uses.flatMap(({ service }) => service ?? []))]
  const told = names.map((name) => {
    const { entrypoint, command, env } = config.services[name] ?? {}
    return { entrypoint, command, env }
  })
  const prefixed = placeholdersIn([told, section.of(config)[subject]]).includes('topicPrefix')
  const services = names.map((name) => `services.${name}`).join(', ')
  if (names.length > 0 && !prefixed)
    return { by: 'broker', why: `nothing in ${services} has {topicPrefix}, so its names are literals` }
  return { by: 'prefix', why: `${services || section.name} puts {topicPrefix} before its names` }
}
