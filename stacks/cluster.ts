import type { Running } from './running.ts'
import type { Program, ServiceEvent } from './service.ts'

/** A Kubernetes cluster with KEDA. */
export interface RunningKubernetes {
  /** The text of the administrator's kubeconfig: the address for clients, with credentials. */
  readonly kubeconfig: string
  /** KEDA's part that answers the autoscaler's questions for metrics; it is ready when it answers through the API server. */
  readonly metricsAdapter: Running
  /** A namespace of its own for one scenario; disposing deletes it with all that runs in it. */
  namespace(name: string, on?: (event: PodEvent) => void): Promise<Namespace>
}

export interface Namespace extends AsyncDisposable {
  readonly name: string
  /**
   * Creates an object in this namespace, or makes it what is given.
   * @throws {KubernetesRefused} with what the API server said
   */
  apply(object: ClusterObject): Promise<void>
  /** Deletes as `kubectl delete` does: a pod gets SIGTERM and its grace period. What is not there is no error. */
  delete(object: ClusterObject): Promise<void>
  /**
   * What a pod's texts (`command`, `args`, `env`) say for the port on which the container must listen that declares
   * this one, written as Kubernetes reads them. Where pods share their host's ports, each gets one of its own.
   */
  portText(containerPort: number): string
  /**
   * From now on this runs in each container of this namespace that names the image.
   * @throws {ProgramRefused} where this driver can not run such a program in a pod
   */
  use(image: string, container: ContainerProgram): Promise<void>
  /** SIGKILL of a pod's processes; false when none ran. */
  killPod(pod: string): Promise<boolean>
  /** What befalls pods by their nodes; absent where pods are processes of this machine. */
  readonly nodes?: PodNodes
}

/** Needs the capabilities `evict-pod`, `drain-node` and `limit-memory`. */
export interface PodNodes {
  /** Asks the Eviction API to let a pod go. @returns why it was refused; undefined where it was granted */
  evict(pod: string): Promise<string | undefined>
  /**
   * Nothing new comes onto the pod's node, and the pods of this namespace there are evicted. Disposed, the node takes
   * pods again. @throws {DeadlinePassed} where a budget does not let one go
   */
  drain(pod: string): Promise<DrainedNode>
  /**
   * Uses up the memory that the limit of the pod's container leaves, until the kernel ends its process for it.
   * @returns that the kernel ended it; undefined where no container of it runs, or another cause ended it
   * @throws {DeadlinePassed} where nothing ended for want of memory, {Error} where it has no limit
   */
  exhaust(pod: string): Promise<string | undefined>
}

export interface DrainedNode extends AsyncDisposable {
  readonly name: string
  /** Names of the pods that were evicted. */
  readonly evicted: readonly string[]
}

export interface ContainerProgram {
  /** Words of a command are read as Kubernetes reads those of a container: `$(NAME)` is a variable, `$$` a `$`. */
  readonly program: Program
  /** The declared port whose {@link Namespace.portText} its texts name; absent: it listens where its manifest says. */
  readonly port?: number
}

export interface ClusterObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string }
  readonly [field: string]: unknown
}

/** What happened to a container of a pod. */
export interface PodEvent extends Pick<ServiceEvent, 'id' | 'code' | 'signal'> {
  readonly event: 'started' | 'ready' | 'exited' | 'killed' | 'ended'
  readonly pod: string
}
