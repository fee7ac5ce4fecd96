import type { RuleText } from '../rule.ts'
import { RULES } from './rules.ts'
import { template } from './template.ts'

/** Not asked of a ScaledObject but of a file, or of another object. */
const OF_FILES: readonly { readonly name: string; readonly text: RuleText }[] = [
  {
    name: 'yaml',
    text: {
      finds: 'a document that does not parse, with what was expected there; a key that is written twice',
      keda: 'it is never given the first; of a key that is written twice kubectl takes the last, and others refuse the file',
      source: 'Kubernetes: sigs.k8s.io/yaml, which reads YAML 1.1 and JSON',
      write: 'YAML that parses, each key once',
    },
  },
  template,
  {
    name: 'not-an-object',
    text: {
      finds: 'a document without apiVersion or kind; an error where it was meant as one of KEDA’s',
      keda: 'kubectl refuses it: nothing is created',
      source: 'Kubernetes: TypeMeta of k8s.io/apimachinery/pkg/apis/meta/v1',
      write: '`apiVersion: keda.sh/v1alpha1` and `kind: ScaledObject`',
    },
  },
  {
    name: 'not-built',
    text: {
      finds:
        'a kustomization beside its unbuilt files; its patches are skipped, for they are no objects of their own',
      keda: 'it is given what kustomize builds',
      source: 'kustomize: patches, patchesStrategicMerge and patchesJson6902 of a kustomization',
      write: 'what is built: `kustomize build … | eventproof lint -`',
    },
  },
  {
    name: 'unknown-kind',
    text: {
      finds: 'a kind of keda.sh that does not exist, a version of it that KEDA 2 does not serve',
      keda: 'the API server knows no such resource: nothing is created',
      source: 'apis/keda/v1alpha1/groupversion_info.go',
      write: '`apiVersion: keda.sh/v1alpha1`, and the kind letter by letter',
    },
  },
  {
    name: 'authentication-object',
    text: {
      finds:
        'fields of a TriggerAuthentication that are unknown, of the wrong type or missing; a pod identity that contradicts itself',
      keda: 'the API server refuses the first, the webhook the second; the triggers that name it are given nothing',
      source:
        'config/crd/bases/keda.sh_triggerauthentications.yaml; apis/keda/v1alpha1/triggerauthentication_webhook.go, validateSpec',
      write: 'the field at its place; roleArn or identityOwner: workload, not both',
    },
  },
]

/** Every rule, with what docs/lint.md says of it. */
export const RULE_TEXTS: readonly { readonly name: string; readonly text: RuleText }[] = [
  ...OF_FILES,
  ...RULES,
]
