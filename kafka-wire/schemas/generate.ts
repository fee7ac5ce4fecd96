/**
 * Writes schemas.json from the message definitions inside a kafka-clients jar, with the messages that the wire proxy
 * reads: `node kafka-wire/schemas/generate.ts path/to/kafka-clients.jar`, then `npm run format`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type ApiName, apiNames } from './api.ts'
import type { FieldDefinition, MessageDefinition } from './message.ts'

interface JarField {
  readonly name: string
  readonly type: string
  readonly versions: string
  readonly nullableVersions?: string
  readonly taggedVersions?: string
  readonly tag?: number
  readonly default?: string | number | boolean
  readonly fields?: readonly JarField[]
}

interface JarMessage {
  readonly apiKey?: number
  readonly validVersions: string
  readonly flexibleVersions: string
  readonly fields: readonly JarField[]
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly JarField[] }[]
}

/**
 * What clients ask for before a released jar has it: an older broker answers as version 0 does, and has read no name.
 * Source: KIP-1242, as franz-go 1.22 writes it.
 */
const AHEAD: Readonly<Record<string, Pick<JarMessage, 'validVersions' | 'fields'>>> = {
  ApiVersionsRequest: {
    validVersions: '0-5',
    fields: [
      { name: 'ClusterId', type: 'string', versions: '5+', nullableVersions: '5+', default: 'null' },
      { name: 'NodeId', type: 'int32', versions: '5+', default: '-1' },
    ],
  },
}

const jar = process.argv[2]
if (!jar) throw new Error('the path of a kafka-clients jar is missing')

const apis = Object.fromEntries(
  apiNames.map((api) => {
    const request = definition(`${pascal(api)}Request`)
    const response = definition(`${pascal(api)}Response`)
    return [api, { key: request.apiKey, request: compact(request), response: compact(response) }]
  }),
)
const data = Object.fromEntries(
  ['ConsumerProtocolSubscription', 'ConsumerProtocolAssignment'].map((name) => [
    name,
    compact(definition(name)),
  ]),
)
writeFileSync(new URL('./schemas.json', import.meta.url), `${written({ apis, data }, 0)}\n`)

function definition(name: string): JarMessage {
  const text = execFileSync('unzip', ['-p', jar as string, `common/message/${name}.json`], {
    encoding: 'utf8',
  })
  const message: JarMessage = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
  const ahead = AHEAD[name]
  const known = new Set(message.fields.map((field) => field.name))
  if (ahead === undefined || ahead.fields.some((field) => known.has(field.name))) return message
  return { ...message, ...ahead, fields: [...message.fields, ...ahead.fields] }
}

function compact({ validVersions, flexibleVersions, fields, commonStructs }: JarMessage): MessageDefinition {
  const common = new Map(commonStructs?.map(({ name, fields }) => [name, fields]))
  const field = (from: JarField): FieldDefinition => {
    const type = from.type.replace('[]', '')
    const inner = from.fields ?? common.get(type)
    return {
      name: from.name[0]?.toLowerCase() + from.name.slice(1),
      type: inner ? from.type.replace(type, 'struct') : from.type,
      versions: from.versions,
      ...(from.nullableVersions ? { nullable: from.nullableVersions } : {}),
      ...(from.taggedVersions ? { tagged: from.taggedVersions, tag: from.tag } : {}),
      ...(from.default === undefined ? {} : { default: String(from.default) }),
      ...(inner ? { fields: inner.map(field) } : {}),
    } as FieldDefinition
  }
  return { versions: validVersions, flexible: flexibleVersions, fields: fields.map(field) }
}

function pascal(api: ApiName): string {
  return api.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase())
}

/** JSON with one line for what holds no other object: a field a line. */
function written(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = Object.values(value)
  const indent = (level: number) => `\n${'  '.repeat(level)}`
  if (inner.every((each) => typeof each !== 'object')) {
    const pairs = Object.entries(value).map(([key, each]) => `"${key}": ${JSON.stringify(each)}`)
    return `{ ${pairs.join(', ')} }`
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const lines = Object.entries(value).map(
    ([key, each]) =>
      indent(depth + 1) + (Array.isArray(value) ? '' : `"${key}": `) + written(each, depth + 1),
  )
  return `${open}${lines.join(',')}${indent(depth)}${close}`
}
