import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '../../core/until.ts'
import { kubernetesPrograms } from '../../stacks/drivers/processes/artifacts/kubernetes-programs.ts'
import {
  KubernetesControlPlane,
  type RunningControlPlane,
} from '../../stacks/drivers/processes/components/kubernetes-control-plane.ts'
import { kubernetesContent, openRun } from '../stack/kubernetes-run.ts'
import { ClusterClient } from './cluster-client.ts'
import type { FileCase } from './file-case.ts'
import type { GeneratedCase } from './generated-case.ts'
import { type Judged, refusalOf, verdictOf } from './verdict.ts'

/** Side by side: an object whose broker is not there keeps its reconciler for a second. */
const SIDE_BY_SIDE = 24
/** An object that is not Ready or not by then makes the operator fail before it can say so (a panic, that is). */
const DEADLINE = 45_000

interface Ready {
  readonly status: string
  readonly message: string
}

const UNREAD = /Unmatched input property (\S+) in scaler .*"namespace": ?"([^"]+)", ?"name": ?"([^"]+)"/
const NOT_SEEN_YET = /Deployment\.apps \\?"[^"]+\\?" not found/

/** KEDA itself, which is asked what it makes of manifests: API server, webhook, operator. */
export class KedaCourt implements AsyncDisposable {
  readonly #held: AsyncDisposableStack
  readonly #client: ClusterClient
  readonly #ready = new Map<string, Ready>()
  readonly #waiting = new Map<string, (ready: Ready) => void>()
  readonly plane: RunningControlPlane
  readonly #log: string

  private constructor(
    held: AsyncDisposableStack,
    plane: RunningControlPlane,
    client: ClusterClient,
    log: string,
  ) {
    this.#log = log
    this.#held = held
    this.plane = plane
    this.#client = client
    client.watch(({ metadata, status }) => {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready')
      const key = `${metadata.namespace}/${metadata.name}`
      // The first word counts: later ones are of the trigger's source, which is not there.
      if (ready === undefined || ready.status === 'Unknown' || this.#ready.has(key)) return
      // It came too early, and will be said again.
      if (/the object has been modified/.test(ready.message ?? '')) return
      const said = { status: ready.status, message: ready.message ?? '' }
      this.#ready.set(key, said)
      this.#waiting.get(key)?.(said)
    })
  }

  /** A control plane whose operator waits for nobody, and tells of metadata that a scaler did not read. */
  static async open(): Promise<KedaCourt> {
    await using held = new AsyncDisposableStack()
    const run = held.use(await openRun())
    const programs = await kubernetesPrograms(kubernetesContent)
    const operator = [
      ...['/usr/bin/env', `KEDA_SCALEDOBJECT_CTRL_MAX_RECONCILES=${SIDE_BY_SIDE}`],
      ...['KEDA_CHECK_UNEXPECTED_SCALERS_PARAMS=enabled', ...programs.commands['keda-operator']],
      ...['--kube-api-qps=2000', '--kube-api-burst=2000'],
    ] as const
    const commands = { ...programs.commands, 'keda-operator': operator }
    const plane = held.use(
      await new KubernetesControlPlane({ programs: { ...programs, commands } }).start(run),
    )
    const client = held.use(new ClusterClient(plane.url, plane.adminCredentials))
    for (let i = 0; i < SIDE_BY_SIDE; i++)
      await client.create(
        '/api/v1/namespaces',
        `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespaceOf(i)} }`,
      )
    return new KedaCourt(held.move(), plane, client, join(run.logs, 'keda-operator.log'))
  }

  /** What becomes of each case, in their order. */
  async judge(cases: readonly GeneratedCase[], tell: (done: number) => void = () => {}): Promise<Judged[]> {
    const verdicts: Judged[] = []
    let next = 0
    let done = 0
    const work = async () => {
      for (let i = next++; i < cases.length; i = next++) {
        const each = cases[i]
        if (each === undefined) return
        verdicts[i] = await this.#judge(each)
        tell(++done)
      }
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
    return verdicts
  }

  /** Metadata that a scaler did not read, by `namespace/name`: the operator says so in its log. */
  async unread(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const found = new Map<string, Set<string>>()
    for (const line of (await readFile(this.#log, 'utf8')).split('\n')) {
      const [, key = '', namespace, name] = UNREAD.exec(line) ?? []
      if (namespace === undefined) continue
      const object = `${namespace}/${name}`
      found.set(object, (found.get(object) ?? new Set()).add(key))
    }
    return found
  }

  async #judge({ others, scaledObject, namespace, name }: GeneratedCase): Promise<Judged> {
    for (const { path, yaml } of others) {
      const { status, text } = await this.#client.create(path, yaml)
      if (status >= 300) throw new Error(`${path} was refused: ${text}\n${yaml}`)
    }
    const { status, text } = await this.#submit(scaledObject)
    try {
      return refusalOf(status, messageIn(text)) ?? (await this.#reconciled(`${namespace}/${name}`))
    } finally {
      await this.#client.delete(`${scaledObject.path}/${name}`)
      for (const { path, name: other } of others.toReversed()) await this.#client.delete(`${path}/${other}`)
    }
  }

  /** What becomes of each ScaledObject of a file, by name: in a namespace of its own, with the targets that it lacks. */
  async judgeFile({ objects, scaledObjects, namespace }: FileCase): Promise<Map<string, Judged>> {
    await this.#client.create(
      '/api/v1/namespaces',
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespace} }`,
    )
    // A target that is there already, or that needs more than a file for tests has, is no matter here.
    for (const { path, yaml } of objects) await this.#client.create(path, yaml)
    const verdicts = new Map<string, Judged>()
    for (const { path, yaml, name } of scaledObjects) {
      const { status, text } = await this.#submit({ path, yaml })
      const refused = refusalOf(status, messageIn(text))
      verdicts.set(name, refused ?? (await this.#reconciled(`${namespace}/${name}`)))
    }
    for (const { path, name } of scaledObjects) await this.#client.delete(`${path}/${name}`)
    return verdicts
  }

  /** The webhook looks up the target in a cache of its own, which hears of it a moment later. */
  #submit({ path, yaml }: GeneratedCase['scaledObject']) {
    const submit = async () => {
      const answer = await this.#client.create(path, yaml)
      return NOT_SEEN_YET.test(answer.text) ? undefined : answer
    }
    return until(submit, { what: 'the webhook to see the target', deadline: DEADLINE, every: 50 })
  }

  async #reconciled(key: string): Promise<Judged> {
    const late = AbortSignal.timeout(DEADLINE)
    const seen = await new Promise<Ready | undefined>((resolve) => {
      late.addEventListener('abort', () => resolve(undefined), { once: true })
      const known = this.#ready.get(key)
      if (known === undefined) this.#waiting.set(key, resolve)
      else resolve(known)
    })
    if (seen === undefined) return this.#silent(key)
    return seen.status === 'True' ? { verdict: 'taken', said: 'Ready' } : verdictOf(seen.message)
  }

  /** A parser that panics makes the operator fail before it can say so; any other silence is none of the linter's. */
  async #silent(key: string): Promise<Judged> {
    const name = key.slice(key.indexOf('/') + 1)
    const panicked = new RegExp(`panic.*"name": ?"${name}"`)
    if (panicked.test(await readFile(this.#log, 'utf8')))
      return { verdict: 'scaler', said: 'the operator panics' }
    throw new Error(`the operator never said whether ${key} is Ready: it is stuck, or too slow`)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#held.disposeAsync()
  }
}

/** Cases take turns in them. */
export function namespaceOf(index: number): string {
  return `lint-${index % SIDE_BY_SIDE}`
}

function messageIn(text: string): string {
  try {
    const { message }: { message?: string } = JSON.parse(text)
    return message ?? text
  } catch {
    return text
  }
}
