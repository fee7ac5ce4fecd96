import type { Rule } from '../rule.ts'

/** Numbers that Kubernetes reads otherwise than people do: YAML 1.1 takes a leading zero for octal. */
export const writtenNumber: Rule = {
  name: 'written-number',
  text: {
    finds: 'a number that YAML 1.1 reads otherwise than it looks: `010` is 8',
    keda: 'kubectl and the API server read YAML 1.1 (sigs.k8s.io/yaml), and store the other number',
    source: 'Kubernetes: sigs.k8s.io/yaml, resolve.go of its goyaml.v2',
    write: 'the number without leading zero, underscore or prefix',
  },
  *check({ spec }) {
    for (const field of spec.below()) {
      const { value, text = '' } = field
      if (typeof value !== 'number' || !OCTAL.test(text) || Number(text.replaceAll('_', '')) === value)
        continue
      yield {
        severity: 'warning',
        at: field,
        found: `${field.path} is written as ${text}, and is ${value}`,
        why: 'Kubernetes reads YAML 1.1, to which a leading zero means octal',
        fix: `write ${Number(text.replaceAll('_', ''))} or ${value}, whichever was meant`,
      }
    }
  },
}

const OCTAL = /^[-+]?0[0-7_]+$/
