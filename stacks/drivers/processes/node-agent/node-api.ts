import type { V1Node, V1Pod, V1PodStatus } from '@kubernetes/client-node'
import type { Variables } from './environment.ts'
import type { Written } from './status-reporter.ts'

/** What a node needs of the API server; tests put something smaller in its place. */
export interface NodeApi {
  /** Where it listens, for services that talk to it. */
  readonly server: { readonly host: string; readonly port: number }
  /** Its version, such as v1.36.3. */
  version(): Promise<string>
  /** Creates the node with its status, or gives an old one of that name this status. */
  register(node: V1Node): Promise<void>
  /** Says that the node lives. @param seconds until it counts as dead without another word */
  renewLease(node: string, seconds: number, at: Date): Promise<void>
  /** Every pod bound to the node: those there are, then each change; resolves after the first look. */
  watchPods(node: string, watcher: PodWatcher): Promise<AsyncDisposable>
  /** Writes onto this very pod: another one of the same name does not count. */
  patchStatus(pod: V1Pod, status: V1PodStatus): Promise<Written>
  /** Removes a deleted pod for good: nothing of it runs any more. */
  remove(pod: V1Pod): Promise<void>
  configMap(namespace: string, name: string): Promise<Variables | undefined>
  secret(namespace: string, name: string): Promise<Variables | undefined>
}

/** None of these may throw. */
export interface PodWatcher {
  /** There is such a pod, or it changed. */
  seen(pod: V1Pod): void
  /** It was removed from the API server. */
  removed(pod: V1Pod): void
  /** The watch broke; it goes on by itself. */
  trouble(error: unknown): void
}
