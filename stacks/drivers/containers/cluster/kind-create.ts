import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EventproofError } from '../../../../core/error.ts'
import { logTail } from '../../../../core/log-tail.ts'
import { runProgram } from '../../../artifacts/toolchain.ts'
import { ComponentNotReady } from '../../../local/readiness.ts'
import type { ContainerRun } from '../container-run.ts'
import { KindNodes } from './kind-nodes.ts'

/** Milliseconds for `kind create cluster`: on a busy machine it takes minutes. */
const CREATED = 8 * 60_000

export interface Creation {
  /** The program `kind`. */
  readonly kind: string
  /** What kind is told of the cluster. */
  readonly config: object
  /** Of the cluster, and of the network that its nodes are in. */
  readonly name: string
  /** Where its kubeconfig goes. */
  readonly path: string
}

/** @throws {ComponentNotReady} with the last lines of kind's log */
export async function createKind({ kind, config, name, path }: Creation, run: ContainerRun): Promise<void> {
  const file = join(run.data, 'kind.json')
  // JSON is YAML, too.
  await writeFile(file, JSON.stringify(config))
  const words = ['create', 'cluster', '--name', name, '--config', file, '--kubeconfig', path, '--retain']
  try {
    await runProgram(kind, [...words, '--verbosity', '3'], {
      cwd: run.data,
      env: {
        ...run.reaper.environment,
        DOCKER_HOST: run.engine.address.url,
        KIND_EXPERIMENTAL_DOCKER_NETWORK: name,
      },
      deadline: CREATED,
    })
  } catch (cause) {
    throw await kindNotReady(cause, new KindNodes(name, run), run)
  }
}

/** The kubeconfig of a cluster that is there. @throws {ArtifactFailed} */
export function kubeconfigOf(kind: string, name: string, run: ContainerRun): Promise<string> {
  const env = { DOCKER_HOST: run.engine.address.url }
  return runProgram(kind, ['get', 'kubeconfig', '--name', name], { cwd: run.data, env, deadline: 60_000 })
}

export async function kindNotReady(
  cause: unknown,
  nodes: KindNodes,
  run: ContainerRun,
): Promise<ComponentNotReady> {
  const log = join(run.logs, 'kubernetes.log')
  await keepLogs(nodes, run)
  const said = cause instanceof EventproofError ? cause.detail?.last : undefined
  return new ComponentNotReady('kubernetes', {
    what: 'the kind cluster did not get ready',
    last: [said, await logTail(log, 15)].filter(Boolean).join('\n'),
    log,
    hint: '`eventproof doctor` checks the engine and its images',
    cause,
  })
}

/** What kubelets and pods wrote, as far as there are nodes. */
export async function keepLogs(nodes: KindNodes, run: ContainerRun): Promise<void> {
  const script =
    'journalctl --no-pager -u kubelet -u containerd | tail -200; for log in /var/log/pods/k*/*/*.log; do echo "== $log"; tail -100 "$log"; done; true'
  const said = await Promise.all(
    nodes.all.map(async (node) => {
      const lines = await node.shell(['bash', '-c', script]).catch((error) => String(error))
      return `=== ${node.name}\n${lines}`
    }),
  )
  // The last lines are what an error shows: the control plane's.
  await writeFile(join(run.logs, 'kubernetes.log'), said.reverse().join('\n'))
}
