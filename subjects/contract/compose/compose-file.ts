import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { messageOf } from '../../../core/error.ts'
import { nearest } from '../../../core/nearest.ts'
import { type ComposeService, composeService } from './compose-service.ts'
import { ComposeUnfit } from './compose-unfit.ts'
import { interpolated, type Variables } from './interpolated.ts'
import { variablesFile } from './variables-file.ts'

/** What to do where a file says something in a way that is not read here. */
export const WRITE_OUT =
  'let Docker write it out, and name that file: `docker compose config > compose.resolved.yml`'

const file = z.looseObject({
  services: z.record(z.string(), z.record(z.string(), z.unknown())),
  include: z.unknown().optional(),
})

/** A compose file: its services, each with its variables replaced. */
export class ComposeFile {
  readonly path: string
  /** Where its relative paths start. */
  readonly folder: string
  readonly variables: Variables
  readonly names: readonly string[]
  readonly #services: Readonly<Record<string, Readonly<Record<string, unknown>>>>

  private constructor(path: string, services: z.output<typeof file>['services'], variables: Variables) {
    this.path = path
    this.folder = dirname(path)
    this.variables = variables
    this.#services = services
    this.names = Object.keys(services)
  }

  /**
   * @param unset told of variables without a value
   * @throws {ComposeUnfit} where it can not be read, or is no compose file
   */
  static async read(
    path: string,
    env: NodeJS.ProcessEnv,
    unset: (name: string) => void,
  ): Promise<ComposeFile> {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new ComposeUnfit('there is no compose file', {
        what: messageOf(cause),
        where: path,
        hint: '`compose.file` starts at the config file',
        cause,
      })
    })
    const lineCounter = new LineCounter()
    const document = parseDocument(text, { merge: true, lineCounter })
    const [wrong] = document.errors
    if (wrong) {
      const { line, col } = lineCounter.linePos(wrong.pos[0])
      throw new ComposeUnfit('the compose file is no YAML', {
        what: wrong.message.split('\n', 1)[0] ?? wrong.message,
        where: `${path}:${line}:${col}`,
      })
    }
    const parsed = file.safeParse(document.toJS({ maxAliasCount: 1000 }))
    if (!parsed.success)
      throw new ComposeUnfit('the file is no compose file', {
        what: 'found no `services` with a name each',
        where: path,
      })
    const beside = await variablesFile(resolve(dirname(path), '.env'), { values: env, unset })
    return new ComposeFile(path, parsed.data.services, { values: { ...beside, ...env }, unset })
  }

  /** @throws {ComposeUnfit} where there is none of that name, or it is not understood */
  service(name: string, variables = this.variables): ComposeService {
    const written = this.#services[name]
    if (written === undefined) {
      const close = nearest(name, this.names)
      throw new ComposeUnfit(`the compose file has no service '${name}'`, {
        what: `there are ${this.names.join(', ') || 'none'}`,
        where: this.path,
        hint:
          close === undefined
            ? `if it comes from an \`include\` or a second file, ${WRITE_OUT}`
            : `did you mean '${close}'?`,
      })
    }
    const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null))
    const parsed = composeService.safeParse(replaced(given, variables))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new ComposeUnfit(`services.${name} of the compose file is not understood`, {
      what: `${issue?.path.join('.')}: ${issue?.message}`,
      where: this.path,
      hint: WRITE_OUT,
    })
  }

  /** The same of a service that is only looked at: what can not be read of it is left out. */
  glance(name: string): ComposeService {
    try {
      return this.service(name, { ...this.variables, unset: () => {} })
    } catch {
      const image = this.#services[name]?.image
      return composeService.parse(typeof image === 'string' ? { image } : {})
    }
  }
}

function replaced(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolated(value, variables)
  if (Array.isArray(value)) return value.map((one) => replaced(one, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, variables)]))
}
