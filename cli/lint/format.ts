/** How findings are written. */
export const LINT_FORMATS = ['text', 'json', 'sarif'] as const
export type LintFormat = (typeof LINT_FORMATS)[number]
