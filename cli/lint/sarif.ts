import type { LintFinding } from '../../lint/finding.ts'
import { KEDA_VERSION } from '../../lint/keda/scaler.ts'
import { RULE_TEXTS } from '../../lint/rules/texts.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const DOCUMENTATION = 'docs/lint.md'

/**
 * The findings as one SARIF 2.1.0 log, which code scanning takes. Files are given relative to the folder that was
 * linted from; standard input has no file there, so that it is named `stdin`.
 */
export function sarifOf(findings: readonly LintFinding[], version: string): object {
  const rules = RULE_TEXTS.map(({ name, text }) => ({
    id: name,
    shortDescription: { text: plain(text.finds) },
    fullDescription: { text: plain(`KEDA ${KEDA_VERSION}: ${text.keda} (${text.source})`) },
    help: {
      text: `Write: ${plain(text.write)}. ${DOCUMENTATION} says more.`,
      markdown: `Write: ${text.write}`,
    },
  }))
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eventproof lint', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, rules)),
      },
    ],
  }
}

function resultOf(
  { rule, severity, file, line, column, object, found, why, fix, refusedBy }: LintFinding,
  rules: readonly { readonly id: string }[],
) {
  const uri = file === '-' ? 'stdin' : file.split('/').map(encodeURIComponent).join('/')
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${object === '' ? '' : `${object}: `}${found}. Why: ${why}. Fix: ${fix}.` },
    locations: [
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } },
    ],
    // The same finding in the next commit is the same, wherever its line has moved to.
    partialFingerprints: { 'finding/v1': [rule, object, found].join('|') },
    ...(refusedBy === undefined ? {} : { properties: { refusedBy } }),
  }
}

/** Without Markdown's marks. */
function plain(text: string): string {
  return text.replaceAll('`', '')
}
