import { themeColours } from '../../../../../shared/window/theme-colours.ts'

const colours = Object.entries(themeColours).map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`)

/** Style of the page: the colours and sizes of the workbench, in the theme that the reader's system asks for. */
export const htmlStyles = `
:root{color-scheme:light dark;${colours.join(';')}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--text);font:14px/1.5 Inter,"Segoe UI Variable Text","Segoe UI",-apple-system,BlinkMacSystemFont,"Noto Sans",system-ui,sans-serif;font-variant-numeric:tabular-nums}
.page{max-width:1000px;margin:0 auto;padding:24px}
header h1{font-size:22px;font-weight:600;line-height:1.3;margin:0 0 4px;max-width:44em}
header p{color:var(--muted);margin:0 0 16px}
nav ol{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:0 0 16px;padding:0}
a{color:var(--accent)}
section{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:16px 20px;margin:0 0 16px}
h2{font-size:16px;font-weight:600;margin:0 0 8px}
h3{font-size:14px;font-weight:600;margin:20px 0 4px}
section>p{max-width:76em;margin:8px 0}
.wide{overflow-x:auto;margin:16px 0 20px}
table{border-collapse:collapse;font-size:13px}
.texts{width:100%}
caption{caption-side:top;text-align:left;color:var(--muted);padding:0 0 6px;max-width:76em}
th,td{padding:4px 10px 4px 0;text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:600;border-bottom:1px solid var(--line-strong);vertical-align:bottom}
.texts tbody .first>*{border-top:1px solid var(--line-soft)}
.n{text-align:right;padding-left:14px;padding-right:0;white-space:nowrap}
.numbers tbody th{white-space:nowrap;color:var(--muted)}
.numbers .first th:first-child{color:var(--text);font-weight:500;padding-right:24px}
.numbers .first th,.numbers .first td{border-top:1px solid var(--line-soft)}
.block{font-weight:600;color:var(--text);border-top:1px solid var(--line-strong);padding-top:10px}
.numbers th,.numbers td{padding-top:2px;padding-bottom:2px}
.spread{color:var(--muted)}
sup{line-height:0}
.tone{display:inline-block;padding:0 8px;border-radius:999px;font-size:12px;font-weight:500;white-space:nowrap;background:var(--sunken);color:var(--muted)}
.good{background:var(--st-done-bg);color:var(--st-done)}
.good::before{content:"✓ "}
.bad{background:var(--st-failed-bg);color:var(--st-failed)}
.bad::before{content:"✗ "}
.open{background:var(--st-paused-bg);color:var(--st-paused)}
.open::before{content:"? "}
figure{margin:16px 0 24px}
figcaption,.sentence{color:var(--muted);font-size:13px;max-width:76em;margin:0 0 8px}
.panel{background:#fff;border:1px solid var(--line);border-radius:5px;padding:8px;margin:8px 0 4px}
.panel svg{display:block;width:100%;height:auto}
summary{cursor:pointer;padding:4px 0}
summary:focus-visible,a:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
details .wide{margin:4px 0 16px 16px}
details caption{display:none}
@media print{body{background:none}section{border:0;padding:0}}
`
