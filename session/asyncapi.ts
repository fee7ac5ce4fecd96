import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { messageOf } from '../core/error.ts'
import type { ExperimentOptions } from '../scenarios/experiment.ts'
import { AsyncApiInvalid } from './asyncapi-invalid.ts'

type Topics = NonNullable<ExperimentOptions['topics']>

const reference = z.looseObject({ $ref: z.string() })

/** The parts of AsyncAPI 3 that say which topics an application sends to and receives from. */
const asyncApi = z.looseObject({
  asyncapi: z.string().regex(/^3\./, "a version of AsyncAPI 3, such as '3.0.0'"),
  channels: z.record(z.string(), z.looseObject({ address: z.string().nullish() })).default({}),
  operations: z
    .record(z.string(), z.looseObject({ action: z.enum(['send', 'receive']), channel: reference }))
    .default({}),
})

const CHANNEL = '#/channels/'

/**
 * What an application's AsyncAPI 3 document says that it sends and receives: the addresses of the channels of its
 * operations. @throws {AsyncApiInvalid} with file, place and what to try
 */
export async function topicsIn(path: string): Promise<Topics> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    const hint = 'correct `asyncapi` of the service in the config: paths start at the config file'
    throw new AsyncApiInvalid('an AsyncAPI document can’t be read', {
      what: messageOf(cause),
      where: path,
      hint,
      cause,
    })
  })
  return topicsOf(text, path)
}

export function topicsOf(text: string, path: string): Topics {
  const document = parseDocument(text, { prettyErrors: true })
  const [wrong] = document.errors
  if (wrong !== undefined) {
    const [at] = wrong.linePos ?? []
    const where = at === undefined ? path : `${path}:${at.line}:${at.col}`
    const what = wrong.message.split('\n')[0] ?? wrong.message
    const hint = 'it must be YAML or JSON'
    throw new AsyncApiInvalid('an AsyncAPI document can’t be parsed', { what, where, hint })
  }
  const parsed = asyncApi.safeParse(document.toJS())
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') || 'the document'
    const what = `${field}: ${issue?.message}`
    const hint =
      'eventproof reads AsyncAPI 3: `asyncapi`, `channels.….address`, `operations.….action` and `channel.$ref`'
    throw new AsyncApiInvalid('an AsyncAPI document is not as expected', { what, where: path, hint })
  }
  const { channels, operations } = parsed.data
  const addresses = (action: 'send' | 'receive') =>
    Object.entries(operations).flatMap(([name, operation]) => {
      if (operation.action !== action) return []
      const { $ref } = operation.channel
      const key = unescaped($ref.slice(CHANNEL.length))
      const channel = $ref.startsWith(CHANNEL) ? channels[key] : undefined
      if (channel === undefined) {
        const what = `operations.${name}.channel is '${$ref}', and there are the channels ${Object.keys(channels).join(', ') || 'none'}`
        const hint = "refer to a channel of the same document: '#/channels/…'"
        throw new AsyncApiInvalid('an AsyncAPI document refers to nothing', { what, where: path, hint })
      }
      return [channel.address ?? key]
    })
  return { writes: unique(addresses('send')), reads: unique(addresses('receive')) }
}

/** JSON pointers write ~ and / as ~0 and ~1. */
const unescaped = (pointer: string) => pointer.replaceAll('~1', '/').replaceAll('~0', '~')
const unique = (names: readonly string[]) => [...new Set(names)]
