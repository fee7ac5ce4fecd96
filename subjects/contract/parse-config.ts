import { z } from 'zod'
import { type CommonConfig, common } from './config.ts'
import { ConfigInvalid } from './config-invalid.ts'
import { explain, type WrongField } from './explain.ts'
import { unknownPlaceholders } from './references.ts'
import type { ConfigSection } from './section.ts'

/** The shape of a config with these sections; what fields say about each other comes after it. */
export function schemaOf(sections: readonly ConfigSection[]) {
  const fields = sections.map(({ name, schema }) => [name, schema.exactOptional()] as const)
  return z.strictObject({ ...Object.fromEntries(fields), ...common.shape })
}

/**
 * Checks what a config file exports.
 * @param where the file, for errors @param sections of the kinds of subjects that may be declared
 * @throws {ConfigInvalid} that names the first wrong field, what was found there and what is allowed
 */
export function parseConfig(value: unknown, where: string, sections: readonly ConfigSection[]): CommonConfig {
  const schema = schemaOf(sections)
  const written = withoutUndefined(value)
  const parsed = schema.safeParse(written)
  if (!parsed.success) throw invalid(explain(parsed.error, written, schema), where)
  const wrong = [...nothingDeclared(parsed.data, sections), ...wrongServices(parsed.data)]
  for (const section of sections) wrong.push(...section.wrongIn(parsed.data))
  if (wrong.length > 0) throw invalid(wrong, where)
  return parsed.data
}

/** A field that is undefined is a field that is not there. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(fields.map(([name, inner]) => [name, withoutUndefined(inner)]))
}

function nothingDeclared(config: CommonConfig, sections: readonly ConfigSection[]): WrongField[] {
  const names = sections.map(({ name }) => name)
  if (names.some((name) => Object.hasOwn(config, name))) return []
  return [
    { field: names.join(', '), found: 'nothing to be put to the test', allowed: 'at least one of them' },
  ]
}

function wrongServices({ services }: CommonConfig): WrongField[] {
  return Object.entries(services).flatMap(([name, { entrypoint = [], command = [], env }]) => [
    ...unknownPlaceholders(`services.${name}.entrypoint`, entrypoint),
    ...unknownPlaceholders(`services.${name}.command`, command),
    ...unknownPlaceholders(`services.${name}.env`, env),
  ])
}

function invalid(wrong: readonly WrongField[], where: string): ConfigInvalid {
  const [first] = wrong
  const more = wrong.slice(1).map(({ field }) => field)
  const field = first?.field || 'the file'
  return new ConfigInvalid(`the config is not valid: ${field}`, {
    what: `${field}: found ${first?.found ?? 'nothing'}, allowed is ${first?.allowed ?? 'a config'}${
      more.length === 0 ? '' : `; also wrong: ${more.join(', ')}`
    }`,
    where,
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  })
}
