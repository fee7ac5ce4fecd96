import { DeadlinePassed, until } from '../../../core/until.ts'
import type { ClusterObserver } from '../../../proof/observers/cluster-observer.ts'
import { ScalerNotReady } from './scaler-not-ready.ts'

/** Milliseconds that KEDA has to ask its trigger for the first time: it took less than one second on idle machines. */
const DEADLINE = 20_000

/** Waits until KEDA says that it scales by the ScaledObject. @throws {ScalerNotReady} with KEDA's own words */
export async function scalerReady(
  cluster: ClusterObserver,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const fields = () => cluster.of('ScaledObject').get(name) ?? {}
  try {
    const ready = () => {
      const { 'condition.Ready': ready, 'condition.Paused': paused } = fields()
      // One that is paused has no autoscaler: what that means is the judge's business.
      return ready === 'True' && (paused === 'True' || cluster.of('HorizontalPodAutoscaler').size > 0)
    }
    await until(ready, { what: `ScaledObject ${name} to be ready`, deadline: DEADLINE, every: 20, signal })
  } catch (cause) {
    if (!(cause instanceof DeadlinePassed)) throw cause
    const { 'reason.Ready': reason, 'message.Ready': message } = fields()
    throw new ScalerNotReady(`KEDA does not scale by ScaledObject ${name}`, {
      what: reason ? `KEDA says ${reason}: ${message}` : `KEDA said nothing within ${DEADLINE / 1000} s`,
      where: `ScaledObject ${name}`,
      hint: '`eventproof lint` checks the manifests without a cluster',
      cause,
    })
  }
}
