import { LOOPBACK } from '../../../local/loopback.ts'
import { NOT_YET } from './kind-nodes.ts'

export interface KindConfigOptions {
  readonly image: string
  /** Of this machine, for the API server. */
  readonly port: number
  /** Milliseconds between two looks of the horizontal pod autoscaler. */
  readonly autoscalerSync: number | undefined
}

/** Ours differs from kind's own where a start can be shorter, and where this machine may be older. */
export function kindConfig({ image, port, autoscalerSync }: KindConfigOptions): object {
  const argument = (name: string, value: string) => ({ name, value })
  const alone = argument('leader-elect', 'false')
  const patches = [
    {
      kind: 'ClusterConfiguration',
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      // The images that the node has.
      imageRepository: 'docker.io/eventproof',
      // What is in it ends with the run.
      etcd: { local: { extraArgs: [argument('unsafe-no-fsync', 'true')] } },
      controllerManager: {
        extraArgs: [
          alone,
          ...(autoscalerSync === undefined
            ? []
            : [argument('horizontal-pod-autoscaler-sync-period', `${autoscalerSync}ms`)]),
        ],
      },
      scheduler: { extraArgs: [alone] },
    },
    // Pods go onto the node of the control plane, too.
    {
      kind: 'InitConfiguration',
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      nodeRegistration: { taints: [] },
    },
    {
      kind: 'JoinConfiguration',
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      nodeRegistration: { taints: [{ key: NOT_YET, effect: 'NoSchedule' }] },
    },
    {
      kind: 'KubeletConfiguration',
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      failCgroupV1: false,
      // As many pods as a workload may have at one time.
      serializeImagePulls: false,
      registryPullQPS: 0,
    },
  ]
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { disableDefaultCNI: true, apiServerAddress: LOOPBACK, apiServerPort: port },
    nodes: [
      { role: 'control-plane', image },
      { role: 'worker', image },
    ],
    kubeadmConfigPatches: patches.map((patch) => JSON.stringify(patch)),
  }
}
