import { until } from '../../core/until.ts'
import { evict } from '../clients/eviction.ts'
import { WatchedPods } from '../clients/watched-pods.ts'
import { type PodImage, withImages } from '../clients/with-images.ts'
import { ProgramRefused } from '../program-refused.ts'
import type { ClusterObject, Namespace, PodEvent } from '../stack.ts'
import type { NamedCluster } from './kubeconfig.ts'

/** Milliseconds for the pods of a namespace to be gone before the run goes on without waiting. */
const GONE = 10_000

/** One scenario's part of somebody else's cluster: a namespace of its own, outside of which nothing is written. */
export async function openExternalNamespace(
  { api, text, server }: NamedCluster,
  name: string,
  on: (event: PodEvent) => void,
): Promise<Namespace> {
  const own = (object: ClusterObject): ClusterObject => ({
    ...object,
    metadata: { ...object.metadata, namespace: name },
  })
  const itself = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  const notThere = async () => {
    throw new Error(`the nodes of the cluster at ${server} are not ours`)
  }
  await api.apply(itself)
  const pods = await WatchedPods.open(text, name, on)
  const images = new Map<string, PodImage>()
  /** What was applied: its end begins with the last. */
  const applied: ClusterObject[] = []
  return {
    name,
    async apply(object) {
      const fitted = own(withImages(object, images))
      await api.apply(fitted)
      applied.push(fitted)
    },
    delete: (object) => api.delete(own(object), 'own'),
    portText: String,
    async use(image, { program }) {
      if (!('image' in program) || typeof program.image !== 'string')
        throw new ProgramRefused(`what runs for image ${image} is not an image that has a name`, {
          what: `the cluster at ${server} pulls images, and does not get what is built or run on this machine`,
          hint: 'say in the config of its service which `image` it is, of a registry that the cluster pulls from',
        })
      const { entrypoint = [], command } = program
      const words = entrypoint.length === 0 ? command : [...entrypoint, ...(command ?? [])]
      images.set(image, { image: program.image, command: words })
    },
    killPod: notThere,
    nodes: { evict: (pod) => evict(api, name, pod), drain: notThere, exhaust: notThere },
    async [Symbol.asyncDispose]() {
      // The scaler goes before what it scales, else it would begin again.
      for (const object of applied.reverse()) await api.delete(object).catch(() => {})
      await api.delete(itself, 'own').catch(() => {})
      const gone = () => pods.names.length === 0
      await until(gone, { what: `the pods of ${name} to be gone`, deadline: GONE, every: 50 }).catch(() => {})
      await pods[Symbol.asyncDispose]()
    },
  }
}
