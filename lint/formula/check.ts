import type { Kind } from './kind.ts'
import { FormulaParser } from './parser.ts'
import { FormulaFault, tokensOf } from './token.ts'

/**
 * What is wrong with a formula of scalingModifiers; undefined where nothing is. It is read as KEDA compiles it
 * (castToFloatIfNecessary of scaledobject_webhook.go): inside of `float(…)`, and each trigger's name is a number.
 */
export function wrongInFormula(formula: string, names: readonly string[]): string | undefined {
  try {
    const kinds = new Map<string, Kind>(names.map((name) => [name, 'decimal']))
    new FormulaParser(tokensOf(cast(formula)), kinds).whole()
    return undefined
  } catch (fault) {
    if (fault instanceof FormulaFault) return fault.message
    throw fault
  }
}

function cast(formula: string): string {
  if (!formula.includes('??')) return formula.startsWith('float(') ? formula : `float(${formula})`
  if (formula.startsWith('let _kedaCompositeResult = ')) return formula
  return `let _kedaCompositeResult = (${formula}); _kedaCompositeResult == nil ? nil : float(_kedaCompositeResult)`
}
