import { nearest } from '../../core/nearest.ts'
import type { Rule } from '../rule.ts'

/** The target is not among the workloads of its namespace. Silent where no workload at all was given. */
export const targetMissing: Rule = {
  name: 'target-missing',
  text: {
    finds: 'a `scaleTargetRef` that is not among the workloads given',
    keda: 'it scales nothing, and the ScaledObject is never Ready',
    source: 'controllers/keda/scaledobject_controller.go, checkTargetResourceIsScalable',
    write: 'the name, kind and apiVersion of a workload of the same namespace',
  },
  *check({ target, spec, workload }, { manifests }) {
    const kinds = new Set(['Deployment', 'StatefulSet', target.kind])
    const others = [...kinds]
      .flatMap((kind) => manifests.ofKind(kind))
      .filter(({ namespace }) => namespace === target.namespace)
    if (workload !== undefined || others.length === 0 || target.name === '') return
    const otherKind = others.find(({ name }) => name === target.name)
    const meant = nearest(
      target.name,
      others.map(({ name }) => name),
    )
    yield {
      severity: meant === undefined ? 'warning' : 'error',
      at: spec.get('scaleTargetRef', 'name'),
      found: `no ${target.kind} ${target.name} in namespace ${target.namespace} among the manifests`,
      why: 'KEDA scales nothing; the ScaledObject is never Ready',
      fix:
        otherKind !== undefined
          ? `write kind: ${otherKind.kind} and apiVersion: ${otherKind.apiVersion} in scaleTargetRef`
          : meant !== undefined
            ? `write name: ${meant}`
            : `lint it together with its workload, or name one of: ${others.map(({ name }) => name).join(', ')}`,
    }
  },
}
