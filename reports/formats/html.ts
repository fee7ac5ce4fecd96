import { RUN_FILES } from '../../proof/run-files.ts'
import { antiPatternsSection } from '../html/anti-patterns-section.ts'
import { closing } from '../html/closing.ts'
import { controlSection } from '../html/control-section.ts'
import { cover } from '../html/cover.ts'
import { declaredSection } from '../html/declared-section.ts'
import { featuresSection } from '../html/features-section.ts'
import { overview } from '../html/overview.ts'
import { LANGUAGE_STYLE, languageChoice, said } from '../html/said.ts'
import { STYLE } from '../html/style.ts'
import { tableOf } from '../html/table.ts'
import { type Html, html, trusted } from '../html/template.ts'
import type { Report } from '../report.ts'
import { summary } from '../summary.ts'
import { utc } from '../words.ts'
import { format } from './format.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** The compliance report as one static page: no script, nothing fetched, printable. */
export const page = format({ file: RUN_FILES.html, of: htmlOf })

export function htmlOf(report: Report): string {
  const judged = report.controls.filter((each) => each.judgement.method !== 'none')
  const { run } = report
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${report.verdicts.verdict} · ${summary(report)} · eventproof ${run.id}</title>
<style>${trusted(STYLE + LANGUAGE_STYLE)}</style>
</head>
<body>
${languageChoice()}
<main>
${cover(report)}
${overview(report)}
${judged.length > 0 && html`<section aria-labelledby="judged"><h2 id="judged">${said('What was judged, control by control')}</h2>${judged.map((each) => controlSection(each, run.replay))}</section>`}
${featuresSection(report)}
${declaredSection(report)}
${antiPatternsSection(report)}
${settings(report)}
${closing(report)}
<footer>Made by ${run.tool.name} ${run.tool.version} from run ${run.id}, ${utc(run.endedAt)}.</footer>
</main>
</body>
</html>
`.markup
}

/** What every client asked for, and in which request that was read. */
function settings({ settings }: Report): Html | false {
  return (
    settings !== undefined &&
    html`<section aria-labelledby="settings"><h2 id="settings">${said('What the clients asked for')}</h2>
<p>${said('Read from the bytes of their requests on the way to the broker, not from their configuration.')}</p>
<details><summary>${said('{} settings', settings.rows.length)}</summary>${tableOf(settings)}</details></section>`
  )
}
