/**
 * Decides about dead letters by hand, through the redrive service at REDRIVE_URL:
 *
 *   node cli.ts list
 *   node cli.ts approve <event id>…  |  approve --all      (as USER, or --by NAME)
 */
import { parseArgs } from 'node:util'
import { textOf } from '../service/log.ts'

const USAGE = 'usage: list | approve <event id>… | approve --all   [--by NAME]'
const base = process.env.REDRIVE_URL ?? 'http://127.0.0.1:8080'

try {
  process.exitCode = await main()
} catch (error) {
  console.error(textOf(error))
  process.exitCode = 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false }, by: { type: 'string' } },
  })
  const [command, ...eventIds] = positionals
  const by = values.by ?? process.env.USER ?? 'command line'
  if (command === 'list' && eventIds.length === 0) return call('GET', '/dead-letters')
  if (command === 'approve' && values.all !== eventIds.length > 0)
    return call('POST', '/redrives', values.all ? { by, all: true } : { by, eventIds })
  console.error(USAGE)
  return 64
}

async function call(method: string, path: string, body?: unknown): Promise<number> {
  const answer = await fetch(new URL(path, base), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  console.log(JSON.stringify(await answer.json(), undefined, 2))
  return answer.ok ? 0 : 1
}
