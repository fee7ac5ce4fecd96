import type { Part } from './part.ts'

/** A service of a compose file in whose place a run gives a part of its own. */
export interface Provided {
  readonly service: string
  readonly part: Part
  /** By which the others reach it. */
  readonly hosts: readonly string[]
  /** Of a database: what clients log in with, as the file has it. */
  readonly login?: { readonly user: string; readonly password: string | undefined; readonly database: string }
}

/** Texts by names: of the environment, or of words by their place. */
type Texts = Readonly<Record<string, string>>

/** The same texts, in which addresses of these services have become placeholders. */
export function readdressed(texts: Texts, provided: readonly Provided[]): Texts {
  const address = (name: string, text: string) =>
    provided.reduce((changed, each) => withPart(name, changed, each), text)
  const addressed = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, address(name, text)]),
  )
  return provided.reduce((changed, each) => beside(texts, changed, each), addressed)
}

/** The services of these hosts that a text names as somewhere to connect to. */
export function namedIn(name: string, text: string, hosts: readonly string[]): readonly string[] {
  return hosts.filter((host) => {
    const word = anyOf([host])
    return (
      new RegExp(`(?<![\\w.-])${word}:\\d+(?!\\d)|(?:\\/\\/|@)${word}(?=[:/?,]|$)`, 'i').test(text) ||
      (isAddress(name) && text.trim() === host)
    )
  })
}

/** Names of variables whose value is an address, if it is nothing but a host's name. */
function isAddress(name: string): boolean {
  return /(HOST(NAME)?|SERVERS?|ADDR(ESS)?|BROKERS?|ENDPOINTS?|UR[LI])$/i.test(name)
}

function withPart(name: string, text: string, { part, hosts }: Provided): string {
  const host = anyOf(hosts)
  switch (part) {
    case 'kafka':
      return withKafka(name, text, hosts)
    case 'postgres':
      return withPostgres(name, text, hosts)
    case 'schemaRegistry':
      return text.replace(
        new RegExp(`https?://${host}(:\\d+)?(/apis/ccompat/v\\d+)?(?![\\w.-])`, 'gi'),
        '{schemaRegistry.url}',
      )
    case 'connect':
      return text.replace(new RegExp(`https?://${host}(:\\d+)?(?![\\w.-])`, 'gi'), '{connect.url}')
    case 'otlp':
      return text
        .replace(new RegExp(`https?://${host}:4317(?!\\d)`, 'gi'), '{otlp.grpc}')
        .replace(new RegExp(`https?://${host}(:4318)?(?![\\w.:-])`, 'gi'), '{otlp.endpoint}')
    case 'none':
      return text
  }
}

/** A list of brokers becomes one address, with the name of a listener before it or without. */
function withKafka(name: string, text: string, hosts: readonly string[]): string {
  if (isAddress(name) && hosts.includes(text.trim()))
    return /(HOST(NAME)?|ADDR(ESS)?)$/i.test(name) ? '{kafka.host}' : '{kafka.bootstrapServers}'
  const one = `(?:[A-Z_]+://)?${anyOf(hosts)}:\\d+`
  const list = new RegExp(`(?:(?<![\\w./@-])|(?<=kafka://))${one}(?:\\s*,\\s*${one})*(?![\\w.-])`, 'g')
  return text.replace(list, '{kafka.bootstrapServers}')
}

/** By the key of a connection text such as `Host=db;Username=shop`. */
const KEYS: Readonly<Record<string, string>> = {
  host: '{postgres.host}',
  server: '{postgres.host}',
  port: '{postgres.port}',
  user: '{postgres.user}',
  username: '{postgres.user}',
  'user id': '{postgres.user}',
  password: '{postgres.password}',
  dbname: '{postgres.database}',
  database: '{postgres.database}',
}

function withPostgres(name: string, text: string, hosts: readonly string[]): string {
  if (isAddress(name) && hosts.includes(text.trim())) return '{postgres.host}'
  const host = anyOf(hosts)
  if (new RegExp(`(^|[;\\s])(host|server)\\s*=\\s*${host}(?=[;\\s]|$)`, 'i').test(text))
    return text.replace(
      /(^|[;\s])([A-Za-z]+(?: id)?)(\s*=\s*)('[^']*'|[^;\s]*)/g,
      (all, before, key, equals) => {
        const placeholder = KEYS[String(key).toLowerCase()]
        return placeholder === undefined ? all : `${before}${key}${equals}${placeholder}`
      },
    )
  const url = new RegExp(
    `(?<![\\w./@:-])((?:[a-z][\\w+.-]*:)+//)?(?:([^\\s:@/]*)(:[^\\s@/]*)?@)?${host}(:\\d+)?(/[\\w.-]*)?(?![\\w.-])`,
    'gi',
  )
  const changed = text.replace(url, (all, scheme, user, password, port, path) => {
    if (scheme === undefined && port === undefined) return all
    if (scheme === 'postgres://' && user !== undefined) return '{postgres.url}'
    const login =
      user === undefined ? '' : `{postgres.user}${password === undefined ? '' : ':{postgres.password}'}@`
    const database = path === undefined || path === '/' ? (path ?? '') : '/{postgres.database}'
    return `${scheme ?? ''}${login}{postgres.host}:{postgres.port}${database}`
  })
  if (changed === text) return text
  return changed.replace(
    /([?&;])(user|username|password)=[^&;\s]*/gi,
    (_, before, key) => `${before}${key}=${KEYS[String(key).toLowerCase()]}`,
  )
}

/** What stands beside an address in variables of its own: its port, and what a database is logged in with. */
function beside(before: Texts, after: Texts, { part, hosts, login }: Provided): Texts {
  const placeholders = part === 'kafka' ? 'kafka' : 'postgres'
  if (part !== 'kafka' && part !== 'postgres') return after
  const stems = Object.entries(before)
    .filter(([name, text]) => isAddress(name) && hosts.includes(text.trim()))
    .map(([name]) => name.replace(/_?(HOST(NAME)?|SERVERS?|ADDR(ESS)?)$/i, ''))
  const reached = Object.keys(before).some((name) => before[name] !== after[name])
  const placed = (name: string, text: string) => {
    if (stems.some((stem) => new RegExp(`^${escaped(stem)}_?PORT$`, 'i').test(name)))
      return `{${placeholders}.port}`
    if (login === undefined || !reached || text !== before[name]) return text
    if (text === login.user && /USER(_?NAME)?$/i.test(name)) return '{postgres.user}'
    if (text === login.password && /PASS(WORD|WD)?$/i.test(name)) return '{postgres.password}'
    if (text === login.database && /(DB|DATABASE)(_?NAME)?$/i.test(name)) return '{postgres.database}'
    return text
  }
  return Object.fromEntries(Object.entries(after).map(([name, text]) => [name, placed(name, text)]))
}

function anyOf(hosts: readonly string[]): string {
  return `(?:${hosts.map(escaped).join('|')})`
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&')
}
