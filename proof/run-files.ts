/** The run directory: `.eventproof/runs/<run-id>/`. Readers and writers agree on these names here. */
export const RUN_FILES = {
  run: 'run.json',
  history: 'history.ndjson',
  messages: 'messages.ndjson',
  verdicts: 'verdicts.json',
  manifest: 'manifest.json',
  logs: 'logs',
  html: 'report.html',
} as const
