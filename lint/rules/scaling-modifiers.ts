import { wrongInFormula } from '../formula/check.ts'
import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'
import { isResource } from './metric-type.ts'

/** advanced.scalingModifiers: a formula over the triggers' names, and what it is compared with. */
export const scalingModifiers: Rule = {
  name: 'scaling-modifiers',
  text: {
    finds:
      'scalingModifiers without formula or target, a target that is no number above 0, a formula that does not parse, or that names no trigger',
    keda: 'the webhook compiles the formula with the names of the triggers (cpu and memory have none there) and refuses the object where that fails',
    source:
      'apis/keda/v1alpha1/scaledobject_webhook.go, ValidateAndCompileScalingModifiers, validateScalingModifiersFormula and validateScalingModifiersTarget',
    write: 'a name for each trigger, a formula over those names, and target: "…" beside it',
  },
  *check({ spec, triggers, modifiers }) {
    if (!modifiers.used) return
    const field = spec.get('advanced', 'scalingModifiers')
    const { formula, target } = modifiers
    if (formula === '') {
      yield refused(
        'webhook',
        field,
        'scalingModifiers without a formula',
        'write formula: over the names of the triggers',
      )
      return
    }
    const names = triggers
      .filter((each) => !isResource(each))
      .map((each) => each.field.get('name').text ?? '')
    const known = names.filter((name) => name !== '')
    if (target === '') {
      yield refused(
        'webhook',
        field,
        'a formula without target',
        'write target: "…", what one replica can take',
      )
    } else if (!TARGET.test(target) || !(Number(target.replaceAll('_', '')) > 0)) {
      yield refused(
        'webhook',
        field.get('target'),
        `target is "${target}"`,
        'write a number above 0, in quotes',
      )
    }
    const wrong = wrongInFormula(formula, known)
    if (wrong === undefined) return
    const hint =
      known.length === 0
        ? 'give the triggers names: `name:` beside `type:`'
        : `names of triggers here: ${known.join(', ')}`
    const hyphen = known.find((name) => /\W/.test(name) && formula.includes(name))
    const fix =
      hyphen === undefined
        ? hint
        : `write ${hyphen.replaceAll(/\W/g, '_')} as the trigger's name: in a formula a hyphen is a minus`
    yield refused('webhook', field.get('formula'), `formula "${formula}": ${wrong}`, fix)
  },
}

/** Go's strconv.ParseFloat, without what no one writes. */
const TARGET = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/
