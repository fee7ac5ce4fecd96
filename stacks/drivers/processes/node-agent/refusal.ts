import type { V1Container, V1Pod, V1Probe } from '@kubernetes/client-node'

/** Why a container is not started: goes into its waiting state, as a kubelet would put it there. */
export interface Refusal {
  /** Tells it from what would have been run, whatever that holds. */
  readonly refused: true
  /** A word that `kubectl get pods` shows. */
  readonly reason: 'CreateContainerConfigError' | 'ErrImageNeverPull'
  /** What was found, and what to do. */
  readonly message: string
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value && value.refused === true
}

export function refusal(message: string, reason: Refusal['reason'] = 'CreateContainerConfigError'): Refusal {
  return { refused: true, reason, message }
}

/** Mounted into every pod by the API server itself; nobody asked for it, so its absence refuses nothing. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * What a pod asks for and a node of local processes cannot give, all of it at once; undefined when there is nothing.
 * A pod that would run without something that it relies on proves nothing, so it does not run. Limits, users and
 * other isolation are not given either, but refuse nothing: no service does its work by them.
 */
export function refusalOf(pod: V1Pod): Refusal | undefined {
  const spec = pod.spec
  if (!spec) return undefined
  const asked = [
    ...(spec.initContainers ?? []).map(({ name }) => `init container ${name}`),
    ...(spec.activeDeadlineSeconds === undefined ? [] : ['activeDeadlineSeconds']),
    ...(spec.hostAliases?.length ? ['hostAliases (names are resolved by this machine)'] : []),
    ...spec.containers.flatMap((container) => ofContainer(container, pod)),
  ]
  if (asked.length === 0) return undefined
  return refusal(`this node runs pods as local processes and has no ${asked.join(', no ')}`)
}

function ofContainer(container: V1Container, pod: V1Pod): string[] {
  const { name, ports = [], volumeMounts = [], volumeDevices = [], lifecycle } = container
  const mounts = volumeMounts
    .filter(({ mountPath }) => mountPath !== SERVICE_ACCOUNT)
    .map((mount) => {
      const [kind, instead] = kindOf(mount.name, pod)
      return `${kind} volume at ${mount.mountPath}${instead} (container ${name})`
    })
  const hostPorts = ports
    .filter(({ hostPort }) => hostPort !== undefined && !pod.spec?.hostNetwork)
    .map(({ hostPort }) => `hostPort ${hostPort} (container ${name}: containers listen on 127.0.0.1)`)
  const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe]
  return [
    ...mounts,
    ...volumeDevices.map(({ devicePath }) => `block device at ${devicePath} (container ${name})`),
    ...hostPorts,
    ...(probes.some(isGrpc) ? [`gRPC probe (container ${name}: httpGet, tcpSocket and exec are there)`] : []),
    ...(lifecycle?.postStart ? [`postStart hook (container ${name})`] : []),
  ]
}

/** The kind of a volume, and what carries the same content without one. */
function kindOf(name: string, pod: V1Pod): readonly [kind: string, instead: string] {
  const volume = pod.spec?.volumes?.find((each) => each.name === name) ?? {}
  const kind = Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'
  return [kind, kind === 'configMap' || kind === 'secret' ? '; give it as env or envFrom' : '']
}

function isGrpc(probe: V1Probe | undefined): boolean {
  return probe?.grpc !== undefined
}
