import type { RequestOptions } from 'node:https'
import { dirname } from 'node:path'
import { messageOf } from '../../core/error.ts'
import { optionalPackage } from '../../core/optional-package.ts'
import { KubernetesApi } from '../clients/kubernetes-api.ts'
import { ExternalUnfit } from './external-parts.ts'

/** A cluster as one context of a kubeconfig names it. */
export interface NamedCluster {
  readonly api: KubernetesApi
  /** The whole file, with that context as its current one and paths that hold anywhere. */
  readonly text: string
  readonly server: string
}

/** Reads it as kubectl does, plugins for credentials included. Nothing is written. @throws {ExternalUnfit} */
export async function readKubeconfig(path: string, context?: string): Promise<NamedCluster> {
  const { KubeConfig } = await optionalPackage(
    '@kubernetes/client-node',
    'clusters are spoken to with it',
    () => import('@kubernetes/client-node'),
  )
  const config = new KubeConfig()
  const where = `stack.kubernetes.kubeconfig, ${path}`
  try {
    config.loadFromFile(path)
  } catch (cause) {
    throw new ExternalUnfit('the kubeconfig of the config can not be read', {
      what: messageOf(cause),
      where,
      hint: 'a path starts at the config file; `kubectl config view --minify --flatten` writes one that is whole',
      cause,
    })
  }
  config.makePathsAbsolute(dirname(path))
  if (context !== undefined) config.setCurrentContext(context)
  const cluster = config.getCurrentCluster()
  if (cluster === null) {
    const known = config.getContexts().map(({ name }) => name)
    throw new ExternalUnfit('the kubeconfig of the config has no such context', {
      what: `'${config.getCurrentContext()}' names no cluster; there are ${known.join(', ') || 'none'}`,
      where,
      hint: 'name one of them: stack.kubernetes.context',
    })
  }
  const asked: RequestOptions = {}
  await config.applyToHTTPSOptions(asked).catch((cause: unknown) => {
    throw new ExternalUnfit('the kubeconfig of the config gives no credentials', {
      what: messageOf(cause),
      where,
      hint: 'try it: kubectl --kubeconfig FILE get namespaces',
      cause,
    })
  })
  const { Authorization: said } = asked.headers as { readonly Authorization?: string }
  const api = new KubernetesApi(cluster.server, {
    ca: pem(asked.ca),
    certificate: pem(asked.cert),
    key: pem(asked.key),
    token: said?.replace(/^Bearer /, ''),
    insecure: cluster.skipTLSVerify === true,
  })
  return { api, text: config.exportConfig(), server: cluster.server }
}

function pem(given: unknown): string | undefined {
  return typeof given === 'string' || Buffer.isBuffer(given) ? given.toString() : undefined
}
