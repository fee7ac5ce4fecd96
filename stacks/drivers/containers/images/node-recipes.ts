import type { Cache, Recipe } from '../../../../core/cache.ts'
import { KUBERNETES_VERSIONS, kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { nodePrograms } from '../cluster/node-programs.ts'
import type { ImagePart, ImageRecipe } from './image.ts'
import { read, script } from './image-files.ts'

/** A file or folder of a cached artifact, and where it is to be. */
export type PartOf = (recipe: Recipe, to: string, below?: string) => ImagePart

/** The node of a kind cluster: kind's own files on Debian 12, and Kubernetes with all that it runs as pods. */
export function nodeImages(
  cache: Cache,
  base: ImageRecipe,
  part: PartOf,
): Readonly<Record<'kind-base' | 'kind-node', ImageRecipe>> {
  const { kubernetes, keda } = KUBERNETES_VERSIONS
  const system: ImageRecipe = {
    base,
    name: 'kind-base',
    version: nodePrograms(cache).version,
    parts: [part(nodePrograms(cache), '/', 'base')],
    files: {
      '/build/node-base.sh': script('node-base.sh'),
      '/usr/local/bin/ctr': script('node-ctr.sh'),
      '/etc/cni/net.d/10-ptp.conflist': { text: read('./files/node-cni.json') },
      '/etc/systemd/system/eventproof-services.service': { text: read('./files/node-services.service') },
    },
    instructions: ['RUN /build/node-base.sh && rm -r /build'],
  }
  return {
    'kind-base': system,
    'kind-node': {
      base: system,
      name: 'kind-node',
      version: kubernetes,
      parts: [
        part(kubernetesProgram(cache), '/build/kubernetes', 'kubernetes'),
        part(nodePrograms(cache), '/build/programs/node', 'node'),
        part(nodePrograms(cache), '/build/programs/dns', 'dns'),
        part(nodePrograms(cache), '/build/programs/pause', 'pause'),
        part(nodePrograms(cache), '/build/programs/keda.json', 'keda.json'),
      ],
      files: {
        '/build/node-images.sh': script('node-images.sh'),
        '/kind/bin/start-keda': script('start-keda.sh'),
      },
      instructions: [
        `RUN /build/node-images.sh ${kubernetes} ${keda}`,
        // What it was built from stays behind.
        'FROM scratch',
        'COPY --from=0 / /',
        'ENV container=docker',
        'STOPSIGNAL SIGRTMIN+3',
        'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]',
      ],
    },
  }
}
