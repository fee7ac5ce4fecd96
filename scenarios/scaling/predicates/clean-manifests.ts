import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/**
 * SZ7. The manifests ask for what is claimed of the workload.
 *
 * What can violate it: a switch of an operator's hand left on, another consumer's group or topic, more replicas than
 * partitions, fields that KEDA refuses or never reads.
 * How it is seen: in the manifests as the user wrote them, before this scenario changed addresses and seconds, by the
 * linter's errors: what will go wrong, whether or not this run came to the moment in which it does. Its warnings
 * name a condition that may never be met, so they are shown and not held against the workload.
 */
export const cleanManifests: Predicate<ScalingView> = {
  id: 'SZ7',
  promise: 'the manifests ask for what is claimed',
  names: ['manifest-error'],
  check(view) {
    const errors = view.lint.filter(({ severity }) => severity === 'error')
    const [first] = errors
    if (first === undefined) return held(this.id, 1)
    const { file, line, rule, found, fix } = first
    const says = `${file}:${line} (${rule}): ${found}; ${fix}${more(errors.length)}`
    const seqs = errors.map(({ seq }) => seq)
    return violated(this.id, 'manifest-error', counterexample(says, seqs, {}, 'B'))
  },
}
