// The style sheet of a report: a page of a paper, light or dark as its reader prefers, light on paper.

import { dashRules } from '../../../engine/comparison/svg/shapes'
import { variableDeclarations, type LineColors } from '../../../engine/comparison/svg/paint'

const RULES = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--canvas);color:var(--ink);font:14px/1.55 Inter,-apple-system,'Segoe UI','Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;padding:56px 32px 72px}
header{margin-bottom:36px}
h1{margin:0 0 10px;font-size:27px;line-height:1.25;font-weight:600;letter-spacing:-.012em;overflow-wrap:anywhere;text-wrap:balance}
h2{margin:52px 0 14px;padding-top:14px;border-top:1px solid var(--hairline);font-size:17px;line-height:1.35;font-weight:600}
h3{margin:26px 0 8px;font-size:14px;font-weight:600}
p{max-width:78ch;margin:0 0 10px}
p.small{max-width:110ch}
.lead{font-size:16px;color:var(--ink2)}
.quiet{color:var(--ink3)}
.small,figcaption,caption{font-size:12.5px;line-height:1.5;color:var(--ink2)}
a{color:var(--accent)}
figure{margin:0 0 32px}
figure .scroll{margin:0}
figcaption{max-width:110ch;margin-top:10px}
figure svg{display:block;width:100%;height:auto}
.scroll{overflow-x:auto;margin:0 0 10px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{width:100%;border-collapse:collapse;border-top:1.5px solid var(--ink);border-bottom:1.5px solid var(--ink);font-size:13px;line-height:1.4}
caption{padding:0 0 8px;text-align:left}
ul{margin:12px 0;padding-left:18px}
th,td{padding:6px 10px;text-align:left;vertical-align:baseline;font-weight:400;white-space:nowrap}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{border-bottom:1px solid var(--ink);color:var(--ink2);font-size:12px}
tbody tr+tr>*{border-top:1px solid var(--hairline)}
.number{text-align:right}
.name{display:inline-block;min-width:16ch;max-width:44ch;vertical-align:top;white-space:normal;overflow-wrap:anywhere}
.mark{width:14px;height:12px;margin:.2em 8px 0 0;vertical-align:top}
.bad{color:var(--bad)}
.same{color:var(--ink3)}
code{font:12px/1.5 ui-monospace,'JetBrains Mono','Cascadia Mono',Menlo,Consolas,monospace;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:0 32px;margin:0 0 10px}
dl>div{display:flex;gap:16px;justify-content:space-between;padding:4px 0;border-bottom:1px solid var(--hairline)}
dt{color:var(--ink2)}
dd{margin:0;text-align:right;overflow-wrap:break-word;min-width:max-content}
dd:has(code){min-width:0}
dl.wide{grid-template-columns:1fr}
dl.wide dd{text-align:left;flex:1;min-width:0}
dl.wide dt{flex:0 0 150px}
details{border-top:1px solid var(--hairline)}
details:last-of-type{border-bottom:1px solid var(--hairline)}
summary{padding:9px 0;cursor:pointer;overflow-wrap:anywhere}
summary .quiet{margin-left:10px}
details>div{padding:0 0 18px}
footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--hairline)}
@media screen and (max-width:700px){main{padding:32px 16px 48px}h1{font-size:22px}dl{grid-template-columns:1fr}dl.wide>div{flex-direction:column;gap:0}dl.wide dt{flex:none}figure svg{min-width:720px}caption span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 32px)}.name{max-width:24ch}}
`

/** Paper has no colours to spare: dashes tell lines apart, nothing scrolls, what is folded is unfolded. */
const PRINT_RULES = `
@page{size:A4;margin:16mm 15mm}
body{font-size:10pt}
main{max-width:none;padding:0}
header{margin-bottom:14pt}
h1{font-size:18pt}
.lead{font-size:11pt}
.small,figcaption,caption{font-size:8.5pt}
figure{margin-bottom:14pt}
h2{margin-top:22pt;break-after:avoid}
h3{break-after:avoid}
figure,tr,dl>div,details>summary{break-inside:avoid}
caption,thead{break-after:avoid}
.name{min-width:0;max-width:30ch}
.scroll{overflow:visible}
:focus-visible{outline:none}
table{font-size:8.5pt}
th,td{padding:3pt 5pt;white-space:normal}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
`

export function reportStyles(lines: LineColors): string {
  const { light, dark } = variableDeclarations(lines)
  return [
    `:root{color-scheme:light dark;${light}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${dark}}}`,
    RULES,
    `@media print{${PRINT_RULES}${dashRules()}}`,
  ].join('')
}
