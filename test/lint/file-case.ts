import { readManifests } from '../../lint/read-manifests.ts'
import type { Created } from './generated-case.ts'

/** A file of the repository, in parts that can be created one after the other. */
export interface FileCase {
  readonly file: string
  readonly text: string
  /** Of its own, in the place of the one that it names. */
  readonly namespace: string
  readonly objects: readonly Created[]
  readonly scaledObjects: readonly Created[]
}

/** What a cluster without more than KEDA has, and where. */
const SERVED: Readonly<Record<string, string>> = {
  'apps/v1 Deployment': 'deployments',
  'v1 Secret': 'secrets',
  'autoscaling/v2 HorizontalPodAutoscaler': 'horizontalpodautoscalers',
  'keda.sh/v1alpha1 TriggerAuthentication': 'triggerauthentications',
  'keda.sh/v1alpha1 ScaledObject': 'scaledobjects',
}

export function fileCase(file: string, text: string, namespace: string): FileCase {
  const parts = text.split(/^---\s*$/m).flatMap((part) => {
    const { manifests } = readManifests({ file, text: part })
    return manifests.flatMap(({ apiVersion, kind, name, root }) => {
      const plural = SERVED[`${apiVersion} ${kind}`]
      if (plural === undefined) return []
      const path = `/${apiVersion === 'v1' ? 'api' : 'apis'}/${apiVersion}/namespaces/${namespace}/${plural}`
      // A text is given to the API server as it is, but for the namespace; the items of a list one by one.
      const whole = root.path === ''
      const own = whole ? part : JSON.stringify({ ...Object(root.plain), apiVersion, kind })
      const yaml = own.replace(/(\bnamespace"?: ?)"?[\w-]+"?/, `$1"${namespace}"`)
      return [{ kind, path, name, yaml, target: root.get('spec', 'scaleTargetRef', 'name').text }]
    })
  })
  const scaledObjects = parts.filter(({ kind }) => kind === 'ScaledObject')
  const targets = [...new Set(scaledObjects.flatMap(({ target }) => target ?? []))]
  const objects = [
    ...parts.filter(({ kind }) => kind !== 'ScaledObject'),
    ...targets.map((name) => workload(name, namespace)),
  ]
  return { file, text, namespace, objects, scaledObjects }
}

function workload(name: string, namespace: string): Created {
  const yaml = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: 0
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: app, image: none, resources: { requests: { cpu: 100m, memory: 64Mi } } }]
`
  return { path: `/apis/apps/v1/namespaces/${namespace}/deployments`, name, yaml }
}
