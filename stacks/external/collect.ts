import { messageOf } from '../../core/error.ts'
import { removeFromKafka } from './external-kafka.ts'
import { removeFromKubernetes } from './external-kubernetes.ts'
import type { ExternalParts } from './external-parts.ts'
import { removeFromPostgres } from './external-postgres.ts'
import { type Entry, Journal, placeOf } from './journal.ts'

/** What can be asked with: a config's addresses, whose passwords nobody writes down. */
export type Reached = Omit<ExternalParts, 'prefix'>

/**
 * Removes what sessions of this machine left on brokers and servers of somebody else whose process is gone: what begins
 * with their prefix, and nothing else. @returns what was done, one line each
 */
export async function collectExternal(reached: Reached, journal = new Journal()): Promise<readonly string[]> {
  const lines: string[] = []
  for (const entry of await journal.orphaned()) {
    const left = [
      // Pods go first: a group with members can not be removed.
      ...(await fromKubernetes(entry, lines)),
      ...(await fromKafka(entry, lines)),
      ...(await fromPostgres(entry, reached, lines)),
    ]
    if (left.length === 0) await journal.end(entry.prefix)
    else lines.push(...left, `session ${entry.prefix}: is forgotten with ${journal.file(entry.prefix)}`)
  }
  return lines
}

/** @returns why something may be left */
async function fromKafka({ prefix, kafka }: Entry, done: string[]): Promise<string[]> {
  if (kafka === undefined) return []
  try {
    const { topics, groups } = await removeFromKafka(kafka, prefix)
    done.push(`session ${prefix}: ${topics} topics and ${groups} groups removed from Kafka at ${kafka}`)
    return []
  } catch (error) {
    return [`session ${prefix}: Kafka at ${kafka} was not cleaned: ${messageOf(error)}`]
  }
}

async function fromKubernetes({ prefix, kubernetes }: Entry, done: string[]): Promise<string[]> {
  if (kubernetes === undefined) return []
  const { kubeconfig } = kubernetes
  try {
    const namespaces = await removeFromKubernetes(kubernetes, prefix)
    done.push(`session ${prefix}: ${namespaces} namespaces removed from the cluster of ${kubeconfig}`)
    return []
  } catch (error) {
    return [`session ${prefix}: the cluster of ${kubeconfig} was not cleaned: ${messageOf(error)}`]
  }
}

async function fromPostgres(
  { prefix, postgres }: Entry,
  reached: Reached,
  done: string[],
): Promise<string[]> {
  if (postgres === undefined) return []
  const at = `${postgres.host}:${postgres.port}`
  const url = reached.postgres?.url
  if (url === undefined || JSON.stringify(placeOf(url)) !== JSON.stringify(postgres))
    return [
      `session ${prefix}: left on Postgres at ${at}, whose password is not kept: eventproof gc --config FILE, of a config that has it for ${postgres.user}`,
    ]
  try {
    const databases = await removeFromPostgres(url, prefix)
    done.push(`session ${prefix}: ${databases} databases removed from Postgres at ${at}`)
    return []
  } catch (error) {
    return [`session ${prefix}: Postgres at ${at} was not cleaned: ${messageOf(error)}`]
  }
}
