import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { EventproofError } from '../../core/error.ts'

export class KubernetesRefused extends EventproofError {
  override readonly code = 'EVENTPROOF_KUBERNETES_REFUSED'
  readonly status: number
  /** In the server's own words. */
  readonly said: string

  /** What led to it, where the server says that apart. */
  readonly causes: readonly string[]

  constructor(method: string, path: string, status: number, { said, causes }: Said) {
    super(`the Kubernetes API answered ${status}: ${said}`, { what: `${method} ${path}` })
    this.status = status
    this.said = said
    this.causes = causes
  }
}

/** PEM texts, and a token where clients are known by one. */
export interface Credentials {
  readonly ca?: string | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
  readonly token?: string | undefined
  /** Whoever answers is taken for the server. */
  readonly insecure?: boolean
}

export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<
    Record<string, unknown>
  >
  readonly [field: string]: unknown
}

/** Plurals that are not the lower-case kind with an s. */
const PLURALS: Readonly<Record<string, string>> = { APIService: 'apiservices', Ingress: 'ingresses' }
const CLUSTER_WIDE =
  /^(Namespace|Node|APIService|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|ValidatingWebhookConfiguration)$/

/** Where the API server keeps an object; namespace `default` where it names none. */
export function pathOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`
  const scope = CLUSTER_WIDE.test(kind) ? '' : `/namespaces/${metadata.namespace ?? 'default'}`
  return `${apiVersion === 'v1' ? '/api' : '/apis'}/${apiVersion}${scope}/${plural}/${metadata.name}`
}

/**
 * A few calls to one API server as its administrator. Small on purpose: the official client takes longer to load than
 * the control plane to answer.
 */
export class KubernetesApi implements Disposable {
  readonly #url: string
  readonly #agent: Agent
  readonly #who: Readonly<Record<string, string>>

  constructor(url: string, { ca, certificate, key, token, insecure = false }: Credentials) {
    this.#url = url
    this.#agent = new Agent({ ca, cert: certificate, key, keepAlive: true, rejectUnauthorized: !insecure })
    this.#who = token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  /** @throws {KubernetesRefused} for any status but 2xx */
  get<T = KubernetesObject>(path: string, signal?: AbortSignal): Promise<T> {
    return this.#call('GET', path, undefined, signal)
  }

  /** Server-side apply: creates the object, or makes it what is given; gives it as it is now. */
  apply<T = KubernetesObject>(object: KubernetesObject, signal?: AbortSignal): Promise<T> {
    return this.#call('PATCH', `${pathOf(object)}?fieldManager=eventproof&force=true`, object, signal)
  }

  /** Makes a subresource, as an eviction is one. @throws {KubernetesRefused} */
  post<T = KubernetesObject>(path: string, object: KubernetesObject): Promise<T> {
    return this.#call('POST', path, object)
  }

  /** Deletes at once, or with the object's own grace period; an object that is not there is no error. */
  async delete(object: KubernetesObject, grace: 'none' | 'own' = 'none'): Promise<void> {
    try {
      await this.#call('DELETE', `${pathOf(object)}${grace === 'none' ? '?gracePeriodSeconds=0' : ''}`)
    } catch (error) {
      if (!(error instanceof KubernetesRefused && error.status === 404)) throw error
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const options = {
      method,
      agent: this.#agent,
      headers: {
        accept: 'application/json',
        ...this.#who,
        // JSON is YAML, too.
        ...(body === undefined
          ? {}
          : { 'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json' }),
      },
      signal: AbortSignal.any([AbortSignal.timeout(10_000), ...(signal ? [signal] : [])]),
    }
    return new Promise((resolve, reject) => {
      const call = request(`${this.#url}${path}`, options, async (answer) => {
        try {
          const said = await text(answer)
          const status = answer.statusCode ?? 0
          if (status >= 300) throw new KubernetesRefused(method, path, status, saidIn(said))
          resolve(said.startsWith('{') ? JSON.parse(said) : said)
        } catch (error) {
          reject(error)
        }
      })
      call.on('error', reject)
      call.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }
}

export async function readCredentials(folder: string): Promise<Credentials> {
  const files = ['ca.crt', 'admin.crt', 'admin.key'].map((name) => readFile(join(folder, name), 'utf8'))
  const [ca = '', certificate = '', key = ''] = await Promise.all(files)
  return { ca, certificate, key }
}

/** What a server answers that refuses something. */
interface Said {
  readonly said: string
  readonly causes: readonly string[]
}

interface Status {
  readonly message?: string
  readonly details?: { readonly causes?: readonly { readonly message?: string }[] }
}

/** What a Status object says, else the text itself. */
function saidIn(text: string): Said {
  try {
    const { message = text, details }: Status = JSON.parse(text)
    return { said: message, causes: details?.causes?.flatMap((cause) => cause.message ?? []) ?? [] }
  } catch {
    return { said: text.trim(), causes: [] }
  }
}
