import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'

/**
 * SZ7. The manifests ask for what is claimed of the workload.
 *
 * What can violate it: a switch of an operator's hand left on, another consumer's group or topic, more replicas than
 * partitions, fields that KEDA refuses or never reads.
 * How it is seen: in the manifests as the user wrote them, before this scenario changed addresses and seconds, by the
 * linter's errors: what will go wrong, whether or not this run came to the moment in which it does. Its warnings
 * name a condition that may never be met, so they are shown and not held against the workload.
 */
export const cleanManifests = predicate({
  id: 'SZ7',
  title: 'manifests',
  claim: 'its manifests have no lint error',
  promise: 'The manifests ask for what is claimed: the linter finds no error in them.',
  formal:
    'the linter finds no error in the manifests as they were written; warnings are shown and not judged ([lint.md](lint.md))',
  expectation: 'declared',
  controls: ['O1'],
  violations: {
    'manifest-error': {},
  },
  check(view) {
    const errors = view.lint.filter(({ severity }) => severity === 'error')
    const [first] = errors
    if (first === undefined) return held(this.id, 1)
    const { file, line, rule, found, fix } = first
    const says = `${file}:${line} (${rule}): ${found}; ${fix}${more(errors.length)}`
    const seqs = errors.map(({ seq }) => seq)
    return violated(this.id, 'manifest-error', counterexample(says, seqs, {}, 'B'))
  },
  /** An operator's switch left in the ScaledObject. */
  mutation: {
    says: 'leave the switch that pauses KEDA in the manifest',
    apply(view) {
      const [first] = view.events
      if (first === undefined) return undefined
      const { scaledObject } = view.plan.scaling
      const { at, scenario } = first
      const found = 'annotation autoscaling.keda.sh/paused: true'
      return mutated(view.events, {
        added: [
          {
            seq: first.seq + 0.5,
            at,
            scenario,
            kind: 'lint',
            rule: 'paused',
            severity: 'error',
            file: 'scaled-object.yaml',
            line: 1,
            object: `default/${scaledObject}`,
            found,
            fix: 'remove it from the manifest',
          },
        ],
      })
    },
  },
})
