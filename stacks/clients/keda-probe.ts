import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import type { KubernetesApi } from './kubernetes-api.ts'

/** Where an API server answers the questions for external metrics. */
export const EXTERNAL_METRICS = '/apis/external.metrics.k8s.io/v1beta1'

/** A question that goes all the way: API server → adapter → operator → API server, which has no such object. */
export async function expectKeda(api: KubernetesApi, deadline: number): Promise<void> {
  const question = `${EXTERNAL_METRICS}/namespaces/default/none?labelSelector=scaledobject.keda.sh%2Fname%3Dnone`
  await until(
    async (signal) => {
      const answer = await api.get(question, signal).catch((error) => error)
      if (!/ScaledObject\S* "none" not found/.test(messageOf(answer))) throw answer
      return true
    },
    { what: 'the operator to answer a question for a metric', deadline },
  )
}
