import type protobuf from 'protobufjs'
import type { Change } from './schema.ts'

/** The changes are made in the text, where a field is a line: the file stays as its people wrote it. */
export function protobufChanges(text: string, message: protobuf.Type): readonly Change[] {
  const body = bodyOf(text, message.name)
  if (body === undefined) return []
  const write = (changed: string) => text.slice(0, body.from) + changed + text.slice(body.to)
  const within = text.slice(body.from, body.to)
  const number = 1 + Math.max(0, ...message.fieldsArray.map(({ id }) => id), ...reserved(message))
  const add = (field: string) => write(`${within.trimEnd()}\n  ${field} = ${number};\n`)
  const oldSyntax = !/syntax\s*=\s*"proto3"|edition\s*=/.test(text)
  const changes: Change[] = [
    {
      rule: 'allowed',
      field: 'added',
      says: `string added is added with number ${number}`,
      text: add(`${oldSyntax ? 'optional ' : ''}string added`),
    },
  ]
  if (oldSyntax)
    changes.push({
      rule: 'added-without-default',
      field: 'added',
      says: 'a required string is added',
      text: add('required string added'),
    })
  const field = message.fieldsArray.find((one) => one.partOf === null && lineOf(within, one) !== undefined)
  const line = field && lineOf(within, field)
  if (field === undefined || line === undefined) return changes
  const instead = (words: string) => write(within.replace(line, words))
  const renamed = line.replace(new RegExp(`\\b${field.name}(?=\\s*=)`), `${field.name}_renamed`)
  const other = ['string', 'bytes'].includes(field.type) ? 'int64' : 'string'
  const rule = field.required ? 'required ' : oldSyntax ? 'optional ' : ''
  return [
    ...changes,
    { rule: 'removed', field: field.name, says: `${field.name} is removed`, text: instead('') },
    {
      rule: 'type-changed',
      field: field.name,
      says: `${field.name} becomes ${other}, and was ${field.type}`,
      text: instead(`${rule}${other} ${field.name} = ${field.id};`),
    },
    {
      rule: 'renamed',
      field: field.name,
      says: `${field.name} is called ${field.name}_renamed`,
      text: instead(renamed),
    },
    {
      rule: 'tag-reused',
      field: field.name,
      says: `${field.name} is removed, and a new field has its number ${field.id}`,
      text: instead(`${rule}${other} reused = ${field.id};`),
    },
  ]
}

function lineOf(within: string, { name, id }: protobuf.Field): string | undefined {
  const pattern = `(?:(?:optional|required|repeated)\\s+)?[\\w.]+\\s+${name}\\s*=\\s*${id}\\s*(?:\\[[^\\]]*\\]\\s*)?;`
  return new RegExp(pattern).exec(within)?.[0]
}

/** Between the braces of a message. */
function bodyOf(text: string, name: string): { readonly from: number; readonly to: number } | undefined {
  const head = new RegExp(`\\bmessage\\s+${name}\\s*\\{`).exec(text)
  if (head === null) return undefined
  const from = head.index + head[0].length
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return { from, to: at }
  }
  return undefined
}

function reserved({ reserved = [] }: protobuf.Type): number[] {
  return reserved.flatMap((one) => (typeof one === 'string' ? [] : one.filter((id) => id < 100_000)))
}
