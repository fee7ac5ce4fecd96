import { groupOf, type Manifest } from '../manifest.ts'
import type { Rule } from '../rule.ts'

/** The Deployment that Knative Serving makes of a revision: `<service>-00001-deployment`. */
const REVISION_DEPLOYMENT = /^(.+)-\d{5}-deployment$/
const KNATIVE_KEY = /^(serving|autoscaling)\.knative\.dev\//

/** KEDA and Knative Serving each set the replicas of what they scale, and take turns at undoing each other. */
export const knative: Rule = {
  name: 'knative',
  text: {
    finds: 'KEDA and Knative Serving on one Deployment',
    keda: 'both set the same number of replicas',
    source: 'pkg/scaling/executor/scale_scaledobjects.go, RequestScale',
    write: 'two Deployments, or one of the two scalers',
  },
  *check({ target, spec, workload }, { manifests }) {
    const revision = REVISION_DEPLOYMENT.exec(target.name)?.[1]
    const services = manifests
      .ofKind('Service')
      .filter(
        ({ apiVersion, namespace }) =>
          groupOf(apiVersion) === 'serving.knative.dev' && namespace === target.namespace,
      )
    const marked = workload === undefined ? undefined : knativeKey(workload)
    const namesake = services.find(({ name }) => name === target.name)
    const found = target.group.endsWith('knative.dev')
      ? `the target is a Knative ${target.kind}`
      : revision !== undefined && services.some(({ name }) => name === revision)
        ? `${target.name} is a revision of the Knative Service ${revision}`
        : marked !== undefined
          ? `${target.kind} ${target.name} carries ${marked}`
          : namesake !== undefined
            ? `a Knative Service has the same name, ${target.name}`
            : undefined
    if (found === undefined) return
    yield {
      severity: namesake !== undefined && found.startsWith('a Knative') ? 'warning' : 'error',
      at: spec.get('scaleTargetRef', 'name'),
      found,
      why: 'two scalers set the same replicas and undo each other; events are lost to pods that the other one ends',
      fix: 'let Knative scale what answers requests and KEDA what reads events: two Deployments, or one of the two scalers',
    }
  },
}

function knativeKey({ root }: Manifest): string | undefined {
  const holders = [root.get('metadata'), root.get('spec', 'template', 'metadata')]
  return holders
    .flatMap((metadata) => [...metadata.get('labels').entries(), ...metadata.get('annotations').entries()])
    .map(([key]) => key)
    .find((key) => KNATIVE_KEY.test(key))
}
